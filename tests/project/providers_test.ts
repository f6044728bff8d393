import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../processes/root.ts";

// The providers' packages weigh 250 MB. So they have a configuration and a
// lock file of their own, and only this test downloads them.
Deno.test("run() works with the clients of every provider", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "ok"],
    cwd: join(ROOT, "tests/providers"),
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  const output = decoder.decode(stdout) + decoder.decode(stderr);
  assert.equal(code, 0, output);
  const [, passed] = /^ok \| (\d+) passed/m.exec(output) ?? [];
  assert.ok(Number(passed) >= 39, output);
});

Deno.test("the comparisons with other packages compile", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "ok"],
    cwd: join(ROOT, "bench/ratios"),
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, decoder.decode(stdout) + decoder.decode(stderr));
});
