import assert from "node:assert/strict";
import { join } from "node:path";
import { Modelab } from "../../mod.ts";
import type { FlagEvaluation } from "../../mod.ts";
import { ROOT } from "../processes/root.ts";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";
import { assertCounted } from "./assert_counted.ts";
import { findPython, runPython } from "./python_tool.ts";

const FLAGS = ["support-reply", "team/support/reply", "a/timeline"];
const USERS = 1000;
const python = findPython();

Deno.test({
  name: `the unmodified Python client and this one see the same figures${
    python.found ? "" : ` (skipped: ${python.reason})`
  }`,
  ignore: !python.found && Deno.env.get("CI") !== "true",
  async fn() {
    assert.ok(python.found, "the Python client must be there");
    await withDirectory(async (directory) => {
      const server = await startServer(join(directory, "data.kv"));
      const output = await runPython(
        python.seed,
        join(ROOT, "tests/interop/python_users.py"),
        [server.url, String(USERS), ...FLAGS],
      );
      const client = new Modelab({
        server: server.url,
        flags: FLAGS.map((name) => ({ name, variants: [{ name: "control" }] })),
      });
      const lines = output.trim().split("\n").map((line) => JSON.parse(line));
      assert.deepEqual(lines.map(({ flag }) => flag), FLAGS);
      for (const { flag, evaluation, counted } of lines) {
        assertCounted(evaluation, counted);
        const ours: FlagEvaluation | null = await client.evaluate(flag);
        assert.deepEqual(ours, evaluation);
        // A rollout of 80% in which no one is lost or counted twice.
        const users = evaluation.variants.reduce(
          (sum: number, { users }: { users: number }) => sum + users,
          0,
        );
        assert.ok(users > USERS * 0.75 && users < USERS * 0.85);
      }
      await client.shutdown();
      const { code, output: found } = await runVerify(server.path);
      assert.equal(code, 0, found);
      await server.stop("SIGTERM");
    });
  },
});
