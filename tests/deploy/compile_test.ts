import assert from "node:assert/strict";
import { join } from "node:path";
import { assignment } from "../../storage/kv/testing/records.ts";
import { ROOT } from "../processes/root.ts";
import { withDirectory } from "../processes/with_directory.ts";

/** Runs `deno task compile` for a database, without the build before it. */
async function compile(
  kvPath: string,
  args: readonly string[],
  env: { readonly [name: string]: string } = {},
): Promise<{ readonly success: boolean; readonly said: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(ROOT, "server/launch.ts"), "compile", ...args],
    env: {
      MODELAB_HOST: "127.0.0.1",
      MODELAB_PORT: "0",
      MODELAB_KV_PATH: kvPath,
      NO_COLOR: "1",
      ...env,
    },
  }).output();
  const decoder = new TextDecoder();
  return { success, said: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("the binary has the server, its files and its packages, and the server's permissions", async () => {
  await withDirectory(async (directory) => {
    const kvPath = join(directory, "data.kv");
    const printed = await compile(kvPath, ["--print"]);
    assert.match(printed.said, /^deno compile --no-prompt --frozen /);
    assert.ok(
      printed.said.includes(
        `--allow-net=127.0.0.1:0 --allow-read=${directory} --allow-write=${directory} --allow-env=`,
      ),
      printed.said,
    );
    // What goes in does not depend on the runtime: Deno itself stands for it.
    const { success, said } = await compile(
      kvPath,
      ["--output", join(directory, "modelab")],
      { DENORT_BIN: Deno.execPath() },
    );
    assert.ok(success, said);
    for (const part of ["_fresh/*", "static/*", "serve.ts", "hono/"]) {
      assert.ok(said.includes(`─ ${part}`), part);
    }
    for (const part of ["typescript", "playwright-core", "_test.ts"]) {
      assert.ok(!said.includes(part), part);
    }
  });
});

// To run it takes the runtime, which has to come from dl.deno.land.
if (Deno.env.get("MODELAB_TEST_COMPILE")) {
  const directory = await Deno.makeTempDir({ prefix: "modelab_test_" });
  globalThis.addEventListener("unload", () => {
    Deno.removeSync(directory, { recursive: true });
  });
  const kvPath = join(directory, "data.kv");
  const binary = join(directory, "modelab");
  const { success, said } = await compile(kvPath, ["--output", binary]);
  if (!success) console.log(`Skipped: the binary cannot be made:\n${said}`);

  Deno.test({
    name: "the binary takes records and serves pages from anywhere",
    ignore: !success && said.includes("dl.deno.land"),
    async fn() {
      assert.ok(success, said);
      const child = new Deno.Command(binary, {
        cwd: "/",
        env: { MODELAB_PORT: "0", MODELAB_KV_PATH: kvPath },
        stdin: "null",
        stdout: "piped",
      }).spawn();
      const reader = child.stdout.pipeThrough(new TextDecoderStream())
        .getReader();
      const [url = ""] = /http:\/\/\S+/.exec(
        (await reader.read()).value ?? "",
      ) ?? [];
      const sent = await fetch(`${url}/api/v1/ingest/assignments`, {
        method: "POST",
        body: JSON.stringify([assignment("a", { flag_name: "f" })]),
      });
      assert.equal((await sent.json()).accepted, 1);
      const page = await fetch(`${url}/flags/f`);
      assert.equal(page.status, 200);
      const html = await page.text();
      const [, style = ""] = /"(\/styles\/[^"]+)"/.exec(html) ?? [];
      const [, script = ""] = /"(\/[^"]+\.js[^"]*)"/.exec(html) ?? [];
      for (const path of [style, script]) {
        const response = await fetch(url + path);
        assert.equal(response.status, 200, path);
        await response.body?.cancel();
      }
      child.kill("SIGTERM");
      assert.equal((await child.status).code, 0);
      await reader.cancel();
    },
  });
}
