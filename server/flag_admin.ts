/**
 * `deno task flags`: lists, archives and deletes flags.
 *
 * @module
 */

import { archivedFlags, archiveFlag } from "../storage/kv/archive.ts";
import { DatabaseError, openDatabase } from "../storage/kv/database.ts";
import type { Database } from "../storage/kv/database.ts";
import { deleteFlag } from "../storage/kv/delete_flag.ts";
import { flagNames } from "../storage/kv/flag_names.ts";
import { ConfigError, readConfig } from "./config.ts";

const USAGE = `deno task flags list
deno task flags archive <flag>
deno task flags unarchive <flag>
deno task flags delete <flag>`;

async function run(
  { kv, limits }: Database,
  [command, flag]: readonly string[],
): Promise<string> {
  const now = Date.now();
  if (command === "list") {
    const archived = await archivedFlags(kv);
    const names = await Array.fromAsync(flagNames(kv));
    return names.map((name) =>
      JSON.stringify(name) + (archived.has(name) ? "  archived" : "")
    ).join("\n");
  }
  if (flag === undefined) {
    throw new ConfigError(`The command must be one of these:\n${USAGE}`);
  }
  switch (command) {
    case "archive":
      if (!(await Array.fromAsync(flagNames(kv))).includes(flag)) {
        throw new ConfigError(
          `The flag must be one that has an assignment, got ${
            JSON.stringify(flag)
          }`,
        );
      }
      await archiveFlag(kv, flag, now);
      return `${JSON.stringify(flag)} is archived: it is not listed.`;
    case "unarchive":
      await archiveFlag(kv, flag, null);
      return `${JSON.stringify(flag)} is listed again.`;
    case "delete": {
      const { assignments, records } = await deleteFlag(kv, flag, limits, now);
      return `${records} records of ${assignments} assignments are deleted.`;
    }
    default:
      throw new ConfigError(`The command must be one of these:\n${USAGE}`);
  }
}

try {
  const { kvPath } = readConfig((name) => Deno.env.get(name));
  const database = await openDatabase(kvPath);
  try {
    console.log(await run(database, Deno.args));
  } finally {
    database.kv.close();
  }
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof DatabaseError;
  console.error(expected ? `modelab flags: ${error.message}` : error);
  Deno.exit(1);
}
