/**
 * `deno task backup <file>` and `deno task restore <file>`.
 *
 * @module
 */

import { backUp, restore } from "../storage/kv/backup.ts";
import { DatabaseError } from "../storage/kv/database.ts";
import { ConfigError, readConfig } from "./config.ts";

const USAGE = "deno task backup <file>, or deno task restore <file>";

async function run([command, file, ...more]: readonly string[]): Promise<void> {
  if (file === undefined || more.length > 0) {
    throw new ConfigError(`The file must be named: ${USAGE}`);
  }
  const { kvPath } = readConfig((name) => Deno.env.get(name));
  const work = command === "restore" ? restore : backUp;
  const found = await work(kvPath, file, Date.now());
  const [from, to] = command === "restore" ? [file, kvPath] : [kvPath, file];
  console.log(
    `${from} is copied to ${to}: ${found.records} records of ` +
      `${found.assignments} assignments, ${found.counters} counters, which agree`,
  );
}

try {
  await run(Deno.args);
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof DatabaseError;
  console.error(
    expected ? `modelab ${Deno.args[0]}: ${error.message}` : error,
  );
  Deno.exit(1);
}
