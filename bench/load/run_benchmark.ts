/**
 * Runs a benchmark with a directory of its own, which is removed afterwards;
 * `--help` prints how it is used instead.
 *
 * @param use Throws a TypeError where the command line is wrong.
 */
export async function runBenchmark(
  usage: string,
  use: (directory: string) => Promise<void>,
): Promise<void> {
  if (Deno.args.includes("--help")) {
    console.log(usage);
    return;
  }
  const directory = await Deno.makeTempDir({ prefix: "modelab_bench_" });
  try {
    await use(directory);
  } catch (error) {
    console.error(error instanceof TypeError ? error.message : error);
    Deno.exitCode = 1;
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
