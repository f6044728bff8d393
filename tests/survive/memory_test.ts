import assert from "node:assert/strict";
import { join } from "node:path";
import { readConfig } from "../../server/config.ts";
import { serverPermissions } from "../../server/permissions.ts";
import { assignment } from "../../storage/kv/testing/records.ts";
import { ROOT } from "../processes/root.ts";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";
import { MemoryGroup } from "./memory_group.ts";

const MIB = 1024 * 1024;

Deno.test("a server whose heap is exhausted loses nothing that it has acknowledged", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const config = readConfig((name) =>
      name === "MODELAB_KV_PATH" ? path : name === "MODELAB_PORT" ? "0" : ""
    );
    const permissions = [
      ...serverPermissions(config, { root: ROOT }),
      "--v8-flags=--max-old-space-size=40",
    ];
    const server = await startServer(path, { permissions, quiet: true });
    const taken = await flood(server.url);
    const status = await server.ended;
    assert.equal(status.success, false);
    await assertKept(path, taken);
  });
});

Deno.test({
  name:
    "a server that the kernel kills for want of memory loses nothing that it has acknowledged",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await withDirectory(async (directory) => {
      const path = join(directory, "data.kv");
      const server = await startServer(path);
      using group = MemoryGroup.around(server.pid, 96 * MIB);
      // Where the kernel may not be asked, the same is done by hand.
      const watcher = group === null ? killBeyond(server.pid, 200 * MIB) : null;
      const taken = await flood(server.url);
      const status = await server.ended;
      clearInterval(watcher ?? undefined);
      assert.equal(status.signal, "SIGKILL");
      if (group !== null) assert.equal(group.kills, 1);
      await assertKept(path, taken);
    });
  },
});

/**
 * Sends more than a server has memory for, until it answers no more.
 *
 * @returns The ids that it has acknowledged.
 */
async function flood(url: string): Promise<string[]> {
  const taken: string[] = [];
  let unanswered = 0;
  const send = async (sender: string, size: number): Promise<void> => {
    const ids = Array.from({ length: size }, (_, n) => `${sender}-${n}`);
    const records = ids.map((id) =>
      assignment(id, { config_json: { text: id.padEnd(20_000, "x") } })
    );
    try {
      const response = await fetch(`${url}/api/v1/ingest/assignments`, {
        method: "POST",
        body: JSON.stringify(records),
      });
      const { accepted } = await response.json();
      if (accepted === ids.length) taken.push(...ids);
    } catch {
      unanswered++;
    }
  };
  // What it has memory for, so that there is something to lose.
  for (let n = 0; n < 5; n++) await send(`first-${n}`, 20);
  const flooding = async (worker: number): Promise<void> => {
    for (let n = 0; n < 100 && unanswered === 0; n++) {
      await send(`${worker}-${n}`, 200);
    }
  };
  await Promise.all(Array.from({ length: 12 }, (_, n) => flooding(n)));
  assert.ok(unanswered > 0, "The server did not run out of memory");
  return taken;
}

/** Kills a process that holds more than so much, as the kernel would. */
function killBeyond(
  pid: number,
  bytes: number,
): ReturnType<typeof setInterval> {
  const timer = setInterval(() => {
    // Deno itself may not read it without every permission.
    const status = new Deno.Command("cat", { args: [`/proc/${pid}/status`] })
      .outputSync();
    const [, resident = "0"] = /^VmRSS:\s+(\d+) kB$/m
      .exec(new TextDecoder().decode(status.stdout)) ?? [];
    if (Number(resident) * 1024 < bytes) return;
    clearInterval(timer);
    Deno.kill(pid, "SIGKILL");
  }, 50);
  return timer;
}

/** That a server which starts again knows all of these, and counts agree. */
async function assertKept(
  path: string,
  taken: readonly string[],
): Promise<void> {
  const server = await startServer(path);
  assert.ok(taken.length > 0, "Nothing was acknowledged");
  const some = taken.slice(0, 5000);
  const response = await fetch(`${server.url}/api/v1/ingest/assignments`, {
    method: "POST",
    body: JSON.stringify(some.map((id) => assignment(id))),
  });
  const { duplicates } = await response.json();
  assert.equal(duplicates, some.length);
  await server.stop("SIGTERM");
  const { code, output } = await runVerify(path);
  assert.equal(code, 0, output);
}
