import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assignment,
  event,
  execution,
} from "../../storage/kv/testing/records.ts";
import { startServer } from "../processes/start_server.ts";
import type { RunningServer } from "../processes/start_server.ts";
import type { KvServer } from "./denokv.ts";
import { runLaunched } from "./run_launched.ts";
import type { Launched } from "./run_launched.ts";

const STORIES = 300;
const USERS = 30;

/**
 * Runs every task that works on a database on one that is reached over KV
 * Connect, while a server writes to it, and then on a copy in a file.
 *
 * @param kvServer An empty KV server.
 * @param directory Where the copy goes.
 */
export async function tryTasks(
  kvServer: KvServer,
  directory: string,
): Promise<void> {
  const env = { ...kvServer.env, MODELAB_KV_PATH: kvServer.url };
  const run = (...args: string[]): Promise<Launched> => runLaunched(args, env);
  const ok = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args);
    assert.equal(code, 0, `${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  const server = await startServer(kvServer.url, { env: kvServer.env });
  try {
    const admin = await ok("keys", "create", "--name=root", "--scope=admin");
    await until(async () => (await ask(server, "flags", "")).status === 401);
    await send(server, admin);
    const reader = await ok("keys", "create", "--name=r", "--scope=read");
    await until(async () =>
      (await ask(server, "flags", reader)).status === 200
    );
    const [, id = ""] = reader.split("_");
    await ok("keys", "revoke", id);
    await until(async () =>
      (await ask(server, "flags", reader)).status === 401
    );
    assert.match(await ok("keys", "list"), /"root" {2}admin.*last used 20/);

    assert.match(
      await ok("erase", "user-7", "user-8"),
      /^60 records of 20 assignments/,
    );
    assert.equal(await ok("flags", "list"), '"remote"\n"second"');
    await ok("flags", "archive", "second");
    assert.match(await ok("flags", "list"), /"second" {2}archived/);
    assert.match(
      await ok("flags", "delete", "second"),
      /^420 records of 140 assignments are deleted/,
    );

    const exported = await ok("export");
    assert.equal(exported.split("\n").length, 420);
    const evaluation = await (await ask(server, "flags/remote", admin)).text();
    for (const task of ["backup", "restore"]) {
      const { code, stderr } = await run(task, join(directory, "no.kv"));
      assert.equal(code, 1);
      assert.match(stderr, /The database must be a file, got http:/);
    }
    await server.stop("SIGTERM");
    assert.match(await ok("verify"), /^420 records of 140 assignments/);

    const copy = { MODELAB_KV_PATH: join(directory, "copy.kv") };
    const imported = await runLaunched(["import"], copy, exported);
    assert.equal(imported.stderr, "");
    assert.match(imported.stdout, /^420 records are taken; 0 were there/);
    assert.equal((await runLaunched(["verify"], copy)).code, 0);
    const local = await startServer(copy.MODELAB_KV_PATH);
    assert.equal(
      await (await ask(local, "flags/remote", "")).text(),
      evaluation,
    );
    await local.stop("SIGTERM");
    // And back, into what is not empty.
    const again = await runLaunched(["import"], env, exported);
    assert.match(again.stderr, /must have no records, or --continue be given/);
    const back = await runLaunched(["import", "--continue"], env, exported);
    assert.match(back.stdout, /^0 records are taken; 420 were there already/);
    assert.match(await ok("verify"), /^420 records of 140 assignments/);
  } finally {
    await server.stop("SIGKILL").catch(() => {});
  }
}

async function send(server: RunningServer, key: string): Promise<void> {
  const ids = Array.from({ length: STORIES }, (_, n) => n);
  const response = await fetch(`${server.url}/api/v1/ingest`, {
    method: "POST",
    headers: { "x-api-key": key },
    body: JSON.stringify({
      assignments: ids.map((n) =>
        assignment(`a${n}`, {
          flag_name: n % 2 === 0 ? "remote" : "second",
          variant_name: n % 4 < 2 ? "one" : "two",
          user_id: `user-${n % USERS}`,
        })
      ),
      executions: ids.map((n) => execution(`a${n}`, { latency_ms: n })),
      events: ids.map((n) => event(`a${n}`, `e${n}`)),
    }),
  });
  const { accepted, rejected } = await response.json();
  assert.deepEqual([accepted, rejected], [STORIES * 3, []]);
}

function ask(
  { url }: RunningServer,
  path: string,
  key: string,
): Promise<Response> {
  return fetch(`${url}/api/v1/${path}`, { headers: { "x-api-key": key } });
}

/** Asks until it is so; gives up after what even a busy machine needs. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!await holds()) {
    assert.ok(performance.now() < end, "It did not come to be so");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
