/**
 * `deno task fuzz`: every property with many cases, and schemathesis with all
 * of its checks against the description of the API. `--cases=N` sets how many
 * cases each property and each operation gets.
 *
 * @module
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { newKey } from "../../server/access/key_text.ts";
import { AccessKeys } from "../../storage/kv/access_keys.ts";
import { openDatabase } from "../../storage/kv/database.ts";
import { ROOT } from "../processes/root.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

const { values } = parseArgs({
  options: { cases: { type: "string", default: "5000" } },
});
const cases = Number(values.cases);

/** Runs a program with its output shown; whether it was content. */
async function run(
  program: string,
  args: string[],
  env: Record<string, string> = {},
  cwd: string = ROOT,
): Promise<boolean> {
  const { success } = await new Deno.Command(program, {
    args,
    env,
    cwd,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return success;
}

async function runSchemathesis(program: string): Promise<boolean> {
  let content = false;
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const { kv } = await openDatabase(path);
    const { id, digest, text } = newKey();
    await new AccessKeys(kv).add({
      id,
      digest,
      name: "fuzz",
      scopes: ["admin"],
      flagPrefix: null,
      createdAt: Date.now(),
      revokedAt: null,
    });
    kv.close();
    const server = await startServer(path, {
      env: { MODELAB_RATE_PER_KEY: "0", MODELAB_RATE_PER_ADDRESS: "0" },
    });
    content = await run(
      program,
      [
        "--config-file",
        join(ROOT, "tests/fuzz/schemathesis.toml"),
        "run",
        `${server.url}/api/v1/openapi.json`,
        `--url=${server.url}`,
        `--header=X-API-Key: ${text}`,
        "--checks=all",
        "--continue-on-failure",
        `--max-examples=${Math.max(10, Math.floor(cases / 25))}`,
        // It would revoke the key that it is run with.
        "--exclude-path-regex=/keys/.id",
        "--generation-database=none",
        // It keeps notes where it is run.
      ],
      {},
      directory,
    );
    await server.stop("SIGTERM");
  });
  return content;
}

const properties = await run(Deno.execPath(), [
  "test",
  "--no-prompt",
  "--allow-all",
  "tests/fuzz",
], { FUZZ_RUNS: String(cases) });
console.log(`Each property was tried with ${cases} cases.`);

const program = Deno.env.get("SCHEMATHESIS") ?? "schemathesis";
let described = false;
try {
  described = await runSchemathesis(program);
} catch (error) {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
  console.error(
    "schemathesis must be installed (pip install schemathesis), or SCHEMATHESIS name it",
  );
}
if (!properties || !described) Deno.exit(1);
