/** Runs a test on a database of its own, in memory. */
export async function withKv(
  use: (kv: Deno.Kv) => Promise<void>,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  try {
    await use(kv);
  } finally {
    kv.close();
  }
}
