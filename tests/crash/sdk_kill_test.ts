import assert from "node:assert/strict";
import { join } from "node:path";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import { freePort } from "../processes/free_port.ts";
import { runVerify } from "../processes/run_verify.ts";
import { type RunningServer, startServer } from "../processes/start_server.ts";
import { npmMissing, type Runtime, RUNTIMES } from "../runtimes/runtime.ts";
import {
  type SdkProject,
  testdata,
  withSdkProject,
} from "../runtimes/sdk_project.ts";

const FILES = { "maker.js": testdata("maker.js") };
/**
 * Of each of the four processes; three records each. A hundred thousand
 * records by hand: `MODELAB_TEST_USERS=8334`.
 */
const USERS = Number(Deno.env.get("MODELAB_TEST_USERS") ?? 1_000);

interface Making {
  readonly server: string;
  readonly name: string;
  readonly users: number;
  readonly pauseMs: number;
  readonly spool?: string;
  /** How long the files of a killed process are left alone. */
  readonly leaseMs?: number;
  /** Ends by `process.exit()` when all users are made. */
  readonly exit?: boolean;
  readonly options?: Record<string, unknown>;
}

/** What the server has counted. */
async function counted(
  { url }: RunningServer,
): Promise<{ users: number; assignments: number; records: number }> {
  const response = await fetch(`${url}/api/v1/flags/kept`);
  const { variants = [] }: Partial<FlagEvaluation> = await response.json();
  const sum = (
    name: "users" | "assignments" | "executions" | "successes" | "failures",
  ): number => variants.reduce((total, variant) => total + variant[name], 0);
  return {
    users: sum("users"),
    assignments: sum("assignments"),
    records: sum("assignments") + sum("executions") + sum("successes") +
      sum("failures"),
  };
}

/** Runs a maker for so long, and kills it: how many users it had queued. */
async function makeAndDie(
  project: SdkProject,
  runtime: Runtime,
  making: Making,
  afterUsers: number,
): Promise<number> {
  const child = project.spawn(runtime, "maker.js", JSON.stringify(making));
  const errors = new Response(child.stderr).text();
  let text = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.split("\n").length > afterUsers) break;
  }
  child.kill("SIGKILL");
  await child.status;
  await errors;
  const made = text.split("\n").slice(0, -1).length;
  assert.ok(made >= afterUsers, `${runtime.name} made ${made} users`);
  return made;
}

for (const runtime of RUNTIMES) {
  Deno.test({
    name: `what a ${runtime.name} process had spooled when it was killed ` +
      "arrives with the next one, once",
    ignore: runtime.missing,
    async fn() {
      await withSdkProject(FILES, async (project) => {
        const path = join(project.directory, "data.kv");
        let server = await startServer(path, { port: freePort() });
        const { port } = new URL(server.url);
        const spool = join(project.directory, "spool");
        const making = {
          server: server.url,
          users: 1e9,
          pauseMs: 5,
          spool,
          options: { flushIntervalMs: 50, maxQueue: 200 },
        };
        // Killed while it sends, and its server soon after it.
        let made = await makeAndDie(
          project,
          runtime,
          { ...making, name: "first" },
          300,
        );
        await server.stop("SIGKILL");
        // Killed while there is no server, and more waits than memory holds.
        made += await makeAndDie(
          project,
          runtime,
          { ...making, name: "second" },
          300,
        );
        server = await startServer(path, { port: Number(port) });
        const last = await project.run(
          runtime,
          "maker.js",
          JSON.stringify({ ...making, name: "third", users: 0 }),
        );
        assert.equal(last.code, 0, last.stderr);
        const { users, assignments, records } = await counted(server);
        // Those whose line was not read yet, of both.
        assert.ok(users >= made, `${users} of ${made}`);
        assert.equal(assignments, users);
        // The last user of each may have been cut short.
        assert.ok(records > 3 * users - 5 && records <= 3 * users);
        await server.stop("SIGTERM");
        const verdict = await runVerify(path);
        assert.equal(verdict.code, 0, verdict.output);
        // Nothing is left in the spool.
        assert.deepEqual([...Deno.readDirSync(spool)], []);
      });
    },
  });
}

Deno.test({
  name:
    "what a process had spooled when it called process.exit() goes out with the next one at once",
  ignore: npmMissing,
  async fn() {
    await withSdkProject(FILES, async (project) => {
      const path = join(project.directory, "data.kv");
      const server = await startServer(path);
      const runtimes = RUNTIMES.filter(({ missing }) => !missing);
      for (const runtime of runtimes) {
        const spool = join(project.directory, `spool-${runtime.name}`);
        // Nobody gives a sign of life for an hour.
        const making = { pauseMs: 1, spool, leaseMs: 3_600_000 };
        for (const users of [50, 0]) {
          const made: Making = {
            ...making,
            users,
            name: runtime.name,
            server: users > 0 ? "http://127.0.0.1:9" : server.url,
            exit: users > 0,
          };
          const { code, stderr } = await project.run(
            runtime,
            "maker.js",
            JSON.stringify(made),
          );
          assert.equal(code, 0, stderr);
        }
      }
      assert.deepEqual(await counted(server), {
        users: 50 * runtimes.length,
        assignments: 50 * runtimes.length,
        records: 150 * runtimes.length,
      });
      await server.stop("SIGTERM");
    });
  },
});

Deno.test({
  name:
    "what a killed process had not spooled is lost, no more than its queue holds",
  ignore: npmMissing,
  async fn() {
    const [deno] = RUNTIMES;
    assert.ok(deno !== undefined);
    await withSdkProject(FILES, async (project) => {
      const server = await startServer(join(project.directory, "data.kv"));
      const made = await makeAndDie(project, deno, {
        server: server.url,
        name: "gone",
        users: 1e9,
        pauseMs: 10,
        options: { flushIntervalMs: 50, maxQueue: 600 },
      }, 500);
      const { users } = await counted(server);
      assert.ok(users >= made - 200 && users > 0, `${users} of ${made}`);
      await server.stop("SIGTERM");
    });
  },
});

Deno.test({
  name:
    `the records of four processes count once each though the server is killed`,
  ignore: npmMissing,
  async fn() {
    const [deno, node] = RUNTIMES;
    assert.ok(deno !== undefined && node !== undefined);
    const runtimes = node.missing ? [deno, deno] : [deno, node];
    await withSdkProject(FILES, async (project) => {
      const path = join(project.directory, "data.kv");
      let server = await startServer(path, { port: freePort() });
      const { port } = new URL(server.url);
      const making = { server: server.url, users: USERS, pauseMs: 1 };
      const runs = [0, 1, 2, 3].map((n) =>
        project.run(
          runtimes[n % 2] ?? deno,
          "maker.js",
          JSON.stringify({
            ...making,
            name: `process-${n}`,
            // Two of them keep on the disk what they have no room for.
            ...(n < 2
              ? {
                spool: join(project.directory, "spool"),
                // A busy machine may stop a process for long.
                leaseMs: 60_000,
              }
              : { options: { maxQueue: 1_000_000 } }),
          }),
        )
      );
      const total = 4 * 3 * USERS;
      for (const part of [0.2, 0.5]) {
        while ((await counted(server)).records < part * total) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await server.stop("SIGKILL");
        server = await startServer(path, { port: Number(port) });
      }
      for (const { code, stdout, stderr } of await Promise.all(runs)) {
        assert.equal(code, 0, stderr);
        const stats = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
        assert.equal(stats.dropped + stats.rejected + stats.queued, 0);
        assert.equal(stats.sent + stats.duplicates, 3 * USERS);
      }
      assert.deepEqual(await counted(server), {
        users: 4 * USERS,
        assignments: 4 * USERS,
        records: total,
      });
      await server.stop("SIGTERM");
      const verdict = await runVerify(path);
      assert.equal(verdict.code, 0, verdict.output);
    });
  },
});
