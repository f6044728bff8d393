/**
 * `deno task audit`: asks the registry whether a dependency has a known
 * weakness. Fails when one has. Where the registry cannot be asked, says so
 * and goes on, unless `--required` is given.
 *
 * @module
 */

const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
  args: ["audit", "--ignore-registry-errors"],
  env: { NO_COLOR: "1" },
}).output();
const decoder = new TextDecoder();
const said = decoder.decode(stdout) + decoder.decode(stderr);
const audited = /known vulnerabilities|Found \d+ vulnerabilit/.test(said);

console.log(said.trim());
if (code === 0 && !audited) {
  console.log(
    "NOT AUDITED: the registry could not be asked for known weaknesses.",
  );
}
const required = Deno.args.includes("--required");
Deno.exit(code !== 0 || (required && !audited) ? 1 : 0);
