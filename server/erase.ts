/**
 * `deno task erase <user>…`: erases users of all flags, exactly.
 *
 * @module
 */

import { DatabaseError, openDatabase } from "../storage/kv/database.ts";
import { eraseUsers } from "../storage/kv/erase.ts";
import { ConfigError, readConfig } from "./config.ts";

try {
  const users = Deno.args;
  if (users.length === 0) {
    throw new ConfigError("Users must be named: deno task erase <user>…");
  }
  const { kvPath } = readConfig((name) => Deno.env.get(name));
  const { kv, limits } = await openDatabase(kvPath);
  try {
    const { assignments, records } = await eraseUsers(
      kv,
      users,
      limits,
      Date.now(),
    );
    console.log(
      `${records} records of ${assignments} assignments are erased. Configs that no other assignment has go minutes later, while a server runs.`,
    );
  } finally {
    kv.close();
  }
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof DatabaseError;
  console.error(expected ? `modelab erase: ${error.message}` : error);
  Deno.exit(1);
}
