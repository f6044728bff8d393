/**
 * `deno task keys`: makes, lists and revokes access keys.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { AccessKeys } from "../storage/kv/access_keys.ts";
import { DatabaseError, openDatabase } from "../storage/kv/database.ts";
import { createKey, keyWishOf, shownKeys } from "./access_keys_api.ts";
import { ConfigError, readConfig } from "./config.ts";

const USAGE =
  `deno task keys create --name=<name> --scope=<ingest|read|admin> [--scope=…] [--flag-prefix=<prefix>]
deno task keys list
deno task keys revoke <id>`;

/** The command line asks for something that cannot be. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

async function run(args: string[]): Promise<void> {
  const { values, positionals } = parsed(args);
  const [command, id] = positionals;
  const { kvPath } = readConfig((name) => Deno.env.get(name));
  const { kv } = await openDatabase(kvPath);
  try {
    const keys = new AccessKeys(kv);
    if (command === "create") await create(keys, values);
    else if (command === "list") await list(keys);
    else if (command === "revoke" && id !== undefined) await revoke(keys, id);
    else throw new UsageError(`The command must be one of these:\n${USAGE}`);
  } finally {
    kv.close();
  }
}

interface Values {
  readonly name?: string | undefined;
  readonly scope?: string[] | undefined;
  readonly "flag-prefix"?: string | undefined;
}

function parsed(args: string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        "name": { type: "string" },
        "scope": { type: "string", multiple: true },
        "flag-prefix": { type: "string" },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}\n${USAGE}`);
  }
}

async function create(keys: AccessKeys, values: Values): Promise<void> {
  const wish = keyWishOf({
    name: values.name,
    scopes: values.scope?.flatMap((scope) => scope.split(",")),
    flag_prefix: values["flag-prefix"] ?? null,
  });
  if (typeof wish === "string") throw new UsageError(`${wish}\n${USAGE}`);
  const { shown, text } = await createKey({ keys, now: Date.now }, wish);
  console.log(text);
  console.error(
    `This is the key ${shown.id}. It is not kept: it is shown this once.`,
  );
}

async function list(keys: AccessKeys): Promise<void> {
  const shown = await shownKeys({ keys });
  if (shown.length === 0) console.log("There are no keys.");
  for (const key of shown) {
    const limit = key.flag_prefix === null
      ? "all flags"
      : `flags ${JSON.stringify(`${key.flag_prefix}…`)}`;
    const state = key.revoked_at === null
      ? `last used ${key.last_used_at ?? "never"}`
      : `revoked ${key.revoked_at}`;
    console.log(
      `${key.id}  ${JSON.stringify(key.name)}  ${key.scopes.join(",")}  ` +
        `${limit}  created ${key.created_at}  ${state}`,
    );
  }
}

async function revoke(keys: AccessKeys, id: string): Promise<void> {
  const key = await keys.revoke(id, Date.now());
  if (key === null) throw new UsageError(`There is no key ${id}`);
  console.log(`The key ${id} is revoked: servers refuse it within seconds.`);
}

try {
  await run(Deno.args);
} catch (error) {
  const expected = error instanceof ConfigError ||
    error instanceof DatabaseError || error instanceof UsageError;
  console.error(expected ? `modelab keys: ${error.message}` : error);
  Deno.exit(1);
}
