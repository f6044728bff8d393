/**
 * Every key in the database. All keys are made here.
 *
 * The ledger:
 *
 * | key | value | what |
 * | --- | --- | --- |
 * | `schema` | number | version of these tables |
 * | `a`, assignment id | bytes | the assignment's row: its story, see story.ts |
 * | `a`, assignment id, n | bytes | sealed page n of a story too long for its row |
 * | `w`, assignment id | empty bytes | the row has records that are durable and not counted yet |
 * | `u`, flag, user | bytes | what the user adds up to, and the user's assignments; see user.ts |
 * | `u`, flag, user, n | bytes | sealed page n of the ids of the user's assignments |
 * | `i`, flag, time, nonce | bytes | ids of the assignments that one commit brought, by the time of receipt in epoch milliseconds |
 * | `config`, flag, variant, hash | bytes | body of a config, stored once |
 * | `setup`, flag, hash | bytes | body of a flag's settings, stored once |
 * | `archived`, flag | number | when the flag was archived, in epoch milliseconds |
 * | `history`, flag, time | bytes | the flag's sums and products as they stood then; see history.ts |
 * | `key`, key id | bytes | what is known of an access key; see access_keys.ts |
 * | `key_used`, key id | `Deno.KvU64`, max | epoch milliseconds of its last use |
 * | `key_version` | number | changes with every change of a key |
 * | `ready` | number | written to find out whether the database takes writes |
 * | `rejected`, field | `Deno.KvU64` | records that were refused for that field |
 * | `rejected_since` | number | when that count began, in epoch milliseconds |
 * | `session_secret` | bytes | signs the sessions of the dashboard |
 * | `swept` | `Deno.KvU64`, max | minutes of timelines before that have been deleted, in epoch milliseconds |
 *
 * The counters, as blocks and fields of block.ts:
 *
 * | key | value | what |
 * | --- | --- | --- |
 * | `c`, flag, `delta`, nonce | bytes | what a commit adds to the flag's counters; written once, and gathered by a fold |
 * | `c`, flag, `as_of` | bytes | changed by every fold of the flag; how many of them changed sketches |
 * | `c`, flag, `sum`, kind, variant, part | bytes | what folds have gathered; see segment_keys.ts |
 * | `flag`, flag | empty bytes | written with every row of `c`; see add_deltas.ts |
 * | `sketch`, flag, metric, variant, chunk | bytes | likewise, of distributions |
 * | `time`, flag, granularity, chunk, variant | bytes | likewise, of timelines |
 * | `base`, flag, nonce | bytes | what records that retention has deleted are in the counters, but for users; see retire.ts |
 * | `base_lock`, flag | bytes | changed whenever `base` rows are put together |
 * | `past`, flag, user | bytes | what records that retention has deleted are in the user's row |
 * | `settle`, flag | empty bytes | records of the flag were taken away; see settle.ts |
 * | `unused`, flag | number | when configs of the flag may have lost their last assignment |
 *
 * Ids that are UUIDs are 16 bytes, others text. The flag with the empty name,
 * which no flag can have, holds what belongs to no known flag.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { uuidBytes, uuidText } from "./id_bytes.ts";

/** The version of the tables above; a database with another one is refused. */
export const SCHEMA_VERSION = 2;

/** Holds what belongs to no flag that is known. */
export const NO_FLAG = "";

const LONGEST_INLINE_ID = 200;
const NONCE_BYTES = 12;

/** Ids can be longer than a key may be: a long one stands as its digest. */
function userPart(id: string): Deno.KvKeyPart {
  return id.length > LONGEST_INLINE_ID
    ? new Uint8Array(createHash("sha256").update(id).digest())
    : uuidBytes(id) ?? id;
}

/** The assignment's id in a key of a story. */
export function idOfPart(part: Deno.KvKeyPart | undefined): string {
  return part instanceof Uint8Array ? uuidText(part) : String(part);
}

/** A key as text that no other key has. */
export function keyText(key: Deno.KvKey): string {
  return JSON.stringify(
    key.map((part) => part instanceof Uint8Array ? [...part] : part),
  );
}

/** Tells apart what commits write under one prefix. */
export function newNonce(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}

export function schemaKey(): Deno.KvKey {
  return ["schema"];
}

export function storyPrefix(): Deno.KvKey {
  return ["a"];
}

export function storyKey(assignmentId: string): Deno.KvKey {
  return ["a", uuidBytes(assignmentId) ?? assignmentId];
}

export function storyPageKey(assignmentId: string, page: number): Deno.KvKey {
  return [...storyKey(assignmentId), page];
}

export function waitingPrefix(): Deno.KvKey {
  return ["w"];
}

export function waitingKey(assignmentId: string): Deno.KvKey {
  return ["w", uuidBytes(assignmentId) ?? assignmentId];
}

export function userPrefix(): Deno.KvKey {
  return ["u"];
}

export function userKey(flag: string, user: string): Deno.KvKey {
  return ["u", flag, userPart(user)];
}

export function userPageKey(
  flag: string,
  user: string,
  page: number,
): Deno.KvKey {
  return [...userKey(flag, user), page];
}

/** How a flag stood at a time, in epoch milliseconds. */
export function historyKey(flag: string, time: number): Deno.KvKey {
  return ["history", flag, time];
}

export function historyPrefix(flag: string): Deno.KvKey {
  return ["history", flag];
}

export function indexPrefix(flag?: string): Deno.KvKey {
  return flag === undefined ? ["i"] : ["i", flag];
}

export function indexKey(
  flag: string,
  receivedAt: number,
  nonce: Uint8Array,
): Deno.KvKey {
  return ["i", flag, receivedAt, nonce];
}

export function configKey(
  flag: string,
  variant: string,
  hash: string,
): Deno.KvKey {
  return ["config", flag, variant, hash];
}

export function accessKeyPrefix(): Deno.KvKey {
  return ["key"];
}

export function accessKeyKey(id: string): Deno.KvKey {
  return ["key", id];
}

export function accessKeyUsedPrefix(): Deno.KvKey {
  return ["key_used"];
}

export function accessKeyUsedKey(id: string): Deno.KvKey {
  return ["key_used", id];
}

export function accessKeyVersionKey(): Deno.KvKey {
  return ["key_version"];
}

export function readyKey(): Deno.KvKey {
  return ["ready"];
}

export function sessionSecretKey(): Deno.KvKey {
  return ["session_secret"];
}

export function sweptKey(): Deno.KvKey {
  return ["swept"];
}

export function setupKey(flag: string, hash: string): Deno.KvKey {
  return ["setup", flag, hash];
}

/** The deltas, the mark and the sums of one flag, or of all. */
export function countersPrefix(flag?: string): Deno.KvKey {
  return flag === undefined ? ["c"] : ["c", flag];
}

export function flagPrefix(): Deno.KvKey {
  return ["flag"];
}

/** Is as new as the newest of the flag's counters. */
export function flagKey(flag: string): Deno.KvKey {
  return ["flag", flag];
}

/** The deltas of one flag. */
export function deltaPrefix(flag: string): Deno.KvKey {
  return ["c", flag, "delta"];
}

export function deltaKey(flag: string, nonce: Uint8Array): Deno.KvKey {
  return ["c", flag, "delta", nonce];
}

export function settlePrefix(): Deno.KvKey {
  return ["settle"];
}

export function settleKey(flag: string): Deno.KvKey {
  return ["settle", flag];
}

export function configPrefix(flag: string): Deno.KvKey {
  return ["config", flag];
}

/** The settings of one flag, or of all. */
export function setupPrefix(flag?: string): Deno.KvKey {
  return flag === undefined ? ["setup"] : ["setup", flag];
}

export function unusedPrefix(): Deno.KvKey {
  return ["unused"];
}

export function unusedKey(flag: string): Deno.KvKey {
  return ["unused", flag];
}

/** What was refused, by the field at fault. */
export function rejectedPrefix(): Deno.KvKey {
  return ["rejected"];
}

export function rejectedKey(field: string): Deno.KvKey {
  return ["rejected", field];
}

export function rejectedSinceKey(): Deno.KvKey {
  return ["rejected_since"];
}

export function archivedPrefix(): Deno.KvKey {
  return ["archived"];
}

export function archivedKey(flag: string): Deno.KvKey {
  return ["archived", flag];
}

/** The bases of one flag, or of all. */
export function basePrefix(flag?: string): Deno.KvKey {
  return flag === undefined ? ["base"] : ["base", flag];
}

export function baseKey(flag: string, nonce: Uint8Array): Deno.KvKey {
  return ["base", flag, nonce];
}

export function baseLockKey(flag: string): Deno.KvKey {
  return ["base_lock", flag];
}

export function pastPrefix(): Deno.KvKey {
  return ["past"];
}

/** @param userRow The key of the user's row. */
export function pastKey(userRow: Deno.KvKey): Deno.KvKey {
  return ["past", ...userRow.slice(1)];
}

export function foldKey(flag: string): Deno.KvKey {
  // Sorts before all else of the flag, and so is read first.
  return ["c", flag, "as_of"];
}
