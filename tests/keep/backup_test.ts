import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assignment,
  event,
  execution,
} from "../../storage/kv/testing/records.ts";
import { runTask } from "../processes/run_task.ts";
import type { Ended } from "../processes/run_task.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

function run(command: string, path: string, file: string): Promise<Ended> {
  return runTask("backup.ts", path, [command, file], [file]);
}

/** Sends stories until it is told to stop; says how many were taken. */
function startLoad(url: string): { stop: () => Promise<number> } {
  let going = true;
  let taken = 0;
  const work = async (worker: number): Promise<void> => {
    for (let n = 0; going; n++) {
      const id = `${worker}-${n}`;
      const response = await fetch(`${url}/api/v1/ingest`, {
        method: "POST",
        body: JSON.stringify({
          assignments: [
            assignment(id, { flag_name: "load", user_id: `u${n % 50}` }),
          ],
          executions: [execution(id)],
          events: [event(id, `e${id}`)],
        }),
      });
      const { accepted } = await response.json();
      taken += accepted;
    }
  };
  const workers = [1, 2, 3, 4].map(work);
  return {
    async stop() {
      going = false;
      await Promise.all(workers);
      return taken;
    },
  };
}

async function evaluationOf(url: string): Promise<unknown> {
  const response = await fetch(`${url}/api/v1/flags/load`);
  return await response.json();
}

Deno.test("a backup that is taken under load is whole, and one at rest says what the server says", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const under = join(directory, "under_load.kv");
    const rest = join(directory, "at_rest.kv");
    const server = await startServer(path);
    const load = startLoad(server.url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const first = await run("backup", path, under);
    assert.equal(first.code, 0, first.stderr);
    const taken = await load.stop();
    const second = await run("backup", path, rest);
    assert.equal(second.code, 0, second.stderr);
    const records = (ended: Ended): number =>
      Number(/: (\d+) records/.exec(ended.stdout)?.[1]);
    assert.equal(records(second), taken);
    assert.ok(records(first) > 0 && records(first) < taken);
    const before = await evaluationOf(server.url);
    await server.stop("SIGTERM");

    for (const [at, copy] of [under, rest].entries()) {
      const restored = join(directory, `restored_${at}.kv`);
      const ended = await run("restore", restored, copy);
      assert.equal(ended.code, 0, ended.stderr);
      const verified = await runTask("verify.ts", restored, []);
      assert.equal(verified.code, 0, verified.stdout);
      const again = await startServer(restored);
      if (copy === rest) {
        assert.deepEqual(await evaluationOf(again.url), before);
      }
      await again.stop("SIGTERM");
    }
  });
});

Deno.test("nothing is overwritten, and what is broken is not restored", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const copy = join(directory, "copy.kv");
    const server = await startServer(path);
    const sent = await fetch(`${server.url}/api/v1/ingest/assignments`, {
      method: "POST",
      body: JSON.stringify([assignment("a")]),
    });
    await sent.body?.cancel();
    await server.stop("SIGTERM");
    assert.match(
      (await run("backup", join(directory, "none.kv"), copy)).stderr,
      /There is no database at .*none\.kv$/,
    );
    assert.equal((await run("backup", path, copy)).code, 0);
    assert.match(
      (await run("backup", path, copy)).stderr,
      /There must be nothing at .*copy\.kv yet/,
    );
    assert.match(
      (await run("restore", path, copy)).stderr,
      /There must be nothing at .*data\.kv yet/,
    );
    const kv = await Deno.openKv(copy);
    for await (const { key } of kv.list({ prefix: [] })) {
      if (["c"].includes(String(key[0]))) await kv.delete(key);
    }
    kv.close();
    const restored = join(directory, "restored.kv");
    for (
      const [content, message] of [
        [null, /must agree with its records, got \d+ counters/],
        ["no database at all", /Cannot copy the database/],
      ] as const
    ) {
      if (content !== null) await Deno.writeTextFile(copy, content);
      const ended = await run("restore", restored, copy);
      assert.equal(ended.code, 1);
      assert.match(ended.stderr, message);
    }
    const left = [...Deno.readDirSync(directory)].map(({ name }) => name);
    assert.deepEqual(left.filter((name) => /partial|restored/.test(name)), []);
  });
});

Deno.test("a backup cannot sign sessions of the server that it is of", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const copy = join(directory, "copy.kv");
    const server = await startServer(path, {
      apiKey: "write",
      readKey: "read",
    });
    const signIn = await fetch(`${server.url}/sign-in`, {
      method: "POST",
      body: new URLSearchParams({ key: "read" }),
      redirect: "manual",
    });
    await signIn.body?.cancel();
    await server.stop("SIGTERM");
    assert.equal((await run("backup", path, copy)).code, 0);
    const secretIn = async (file: string): Promise<unknown> => {
      const kv = await Deno.openKv(file);
      const { value } = await kv.get(["session_secret"]);
      kv.close();
      return value;
    };
    const secret = await secretIn(path);
    assert.ok(secret instanceof Uint8Array);
    assert.equal(await secretIn(copy), null);
    const bytes = await Deno.readFile(copy);
    const text = new TextDecoder("latin1").decode(bytes);
    assert.ok(!text.includes(new TextDecoder("latin1").decode(secret)));
  });
});
