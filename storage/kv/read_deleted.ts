import { addBlock } from "./block.ts";
import { FlagCounters } from "./flag_counters.ts";
import { basePrefix, keyText, pastPrefix, userPrefix } from "./keys.ts";
import type { Recount } from "./recount.ts";
import { User } from "./user.ts";
import { bytesOf } from "./workspace.ts";

/** Small, so that a server on the same database can go on writing. */
const PAGE = { batchSize: 100 };

/** Adds what records that retention has deleted are in the counters. */
export async function readBases(kv: Deno.Kv, recount: Recount): Promise<void> {
  for await (const entry of kv.list({ prefix: basePrefix() }, PAGE)) {
    const base = new FlagCounters();
    addBlock(base, bytesOf(entry));
    recount.addBase(String(entry.key[1]), base);
  }
}

/** Likewise in the rows of the users of one part. */
export async function readPast(kv: Deno.Kv, recount: Recount): Promise<void> {
  for await (const entry of kv.list({ prefix: pastPrefix() }, PAGE)) {
    const [, flag, ...user] = entry.key;
    const key = [...userPrefix(), flag ?? "", ...user];
    if (!recount.includesUser(key)) continue;
    const past = User.decode(bytesOf(entry));
    recount.addPast(keyText(key), String(flag), past);
  }
}
