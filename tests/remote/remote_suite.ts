/**
 * `deno task test:remote`: modelab on a self-hosted KV server. It needs the
 * program `denokv`, and is skipped where there is none.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { freePort } from "../processes/free_port.ts";
import { REMOTE_LIMITS } from "../../storage/kv/limits.ts";
import { killRounds } from "../crash/kill_rounds.ts";
import { ROOT } from "../processes/root.ts";
import { withDirectory } from "../processes/with_directory.ts";
import { findDenokv, startDenokv } from "./denokv.ts";
import type { KvServer } from "./denokv.ts";
import { tryTasks } from "./try_tasks.ts";

/**
 * Tests of storage that take the database they are given. Those of the list of
 * records are not among them: they ask for the order within a request that is
 * one commit, and here it takes several.
 */
const STORAGE_TESTS = [
  "ledger",
  "model",
  "presume",
  "counters",
  "statistics",
  "reader",
  "sweep",
  "verify",
].map((name) => `storage/kv/${name}_test.ts`);

const program = findDenokv();
if (program === null) {
  console.log("Skipped: there is no program denokv; see CONTRIBUTING.md");
}

/** A test with a KV server, which it may replace. */
function remoteTest(
  name: string,
  use: (start: () => Promise<KvServer>) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: program === null,
    async fn() {
      await withDirectory(async (directory) => {
        const port = freePort();
        const running: KvServer[] = [];
        try {
          await use(async () => {
            const path = join(directory, "remote.sqlite");
            const server = await startDenokv(program ?? "", path, port);
            running.push(server);
            return server;
          });
        } finally {
          for (const server of running) await server.stop("SIGKILL");
        }
      });
    },
  });
}

/** Runs Deno, and fails unless it ends well; what it prints is printed. */
async function runDeno(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { ...env },
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  assert.ok(success, args.join(" "));
}

remoteTest(
  "KV Connect takes as many checks as our limit says, and no more",
  async (start) => {
    const { url, env } = await start();
    Deno.env.set("DENO_KV_ACCESS_TOKEN", env["DENO_KV_ACCESS_TOKEN"] ?? "");
    const kv = await Deno.openKv(url);
    const commit = (checks: number): Promise<unknown> =>
      kv.atomic().check(
        ...Array.from(
          { length: checks },
          (_, n) => ({ key: ["absent", n], versionstamp: null }),
        ),
      ).set(["present"], 1).commit();
    await commit(REMOTE_LIMITS.checks);
    await assert.rejects(commit(REMOTE_LIMITS.checks + 1), /Too many checks/);
    kv.close();
  },
);

remoteTest(
  "storage does on a KV server what it does in memory",
  async (start) => {
    const { url, env } = await start();
    await runDeno([
      "test",
      "--no-prompt",
      "--allow-net",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      ...STORAGE_TESTS,
    ], { ...env, MODELAB_TEST_KV_URL: url });
  },
);

remoteTest(
  "two servers on a KV server lose nothing when they and it are killed under load",
  async (start) => {
    let kvServer = await start();
    const { url: path, env } = kvServer;
    const said = await killRounds({
      path,
      env,
      rounds: 3,
      async strike() {
        await kvServer.stop("SIGKILL");
        kvServer = await start();
      },
    });
    console.log(said);
  },
);

remoteTest(
  "keys, flags, export, import, erase and verify work on a KV server, and backup says what to do instead",
  async (start) => {
    await withDirectory(async (directory) => {
      await tryTasks(await start(), directory);
    });
  },
);

remoteTest(
  "the ingest benchmark runs on KV servers, and verify finds every record",
  async () => {
    await runDeno([
      "task",
      "bench:ingest",
      "--remote",
      "--records=30000",
      "--rounds=3",
      "--only=v7,2 processes",
    ], {});
  },
);
