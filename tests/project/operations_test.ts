import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../processes/root.ts";
import { withDirectory } from "../processes/with_directory.ts";

const guide = Deno.readTextFileSync(join(ROOT, "docs/operations.md"));

Deno.test("the guide's systemd unit starts a server that takes records", async () => {
  await withDirectory(async (directory) => {
    const [, line = ""] = /^ExecStart=(.*)$/m.exec(guide) ?? [];
    const [program, ...args] = line.replaceAll('"', "").split(" ").map((word) =>
      word.replaceAll("/opt/modelab", ROOT.replace(/\/$/, ""))
        .replaceAll("/var/lib/modelab", directory)
        .replace("127.0.0.1:8100", "127.0.0.1:0")
    );
    assert.equal(program, "/usr/bin/deno");
    const child = new Deno.Command(Deno.execPath(), {
      args,
      cwd: ROOT,
      env: {
        MODELAB_PORT: "0",
        MODELAB_KV_PATH: join(directory, "modelab.kv"),
        MODELAB_API_KEY: "",
        MODELAB_READ_KEY: "",
      },
      stdin: "null",
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    const { value = "" } = await reader.read();
    const [url = ""] = /http:\/\/\S+/.exec(value) ?? [];
    const sent = await fetch(`${url}/api/v1/ingest/assignments`, {
      method: "POST",
      body: JSON.stringify([{
        assignment_id: "a",
        flag_name: "f",
        variant_name: "v",
        user_id: "u",
      }]),
    });
    assert.equal((await sent.json()).accepted, 1);
    const page = await fetch(`${url}/flags/f`);
    await page.body?.cancel();
    assert.equal(page.status, 200);
    child.kill("SIGTERM");
    assert.equal((await child.status).code, 0);
    await reader.cancel();
  });
});

Deno.test("the guide names tasks that there are, and every figure of /metrics", async () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json")));
  for (const [, task = ""] of guide.matchAll(/deno task (\w+)/g)) {
    assert.ok(task in tasks, task);
  }
  const { Metrics } = await import("../../server/metrics.ts");
  const names = new Metrics().render([]).match(/(?<=^# TYPE )\w+/gm) ?? [];
  assert.ok(names.length >= 6);
  for (const name of names) assert.ok(guide.includes(`\`${name}\``), name);
});
