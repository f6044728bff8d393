/**
 * Every key in the database. All keys are made here.
 *
 * | key | value | what |
 * | --- | --- | --- |
 * | `schema` | number | version of this table |
 * | `a`, assignment id | bytes | the assignment's row: its story, see story.ts |
 * | `a`, assignment id, n | bytes | sealed page n of a story too long for its row |
 * | `w`, assignment id | empty bytes | the row has records that are durable and not counted yet |
 * | `u`, flag, variant, user | bytes | the user has been counted under the variant |
 * | `config`, flag, variant, hash | bytes | body of a config, stored once |
 * | `key`, key id | bytes | what is known of an access key; see access_keys.ts |
 * | `key_used`, key id | `Deno.KvU64`, max | epoch milliseconds of its last use |
 * | `key_version` | number | changes with every change of a key |
 * | `ready` | number | written to find out whether the database takes writes |
 * | `session_secret` | bytes | signs the sessions of the dashboard |
 *
 * Counters, all `Deno.KvU64` and never anything else, since an atomic with a
 * sum on another type is torn:
 *
 * | key | mutation | what |
 * | --- | --- | --- |
 * | `total`, flag, variant, name | sum | a figure over all time; see count.ts |
 * | `seen`, flag, variant, `first` or `last` | min, max | epoch milliseconds of the earliest and latest record |
 * | `event`, flag, variant, event name, `count` or `assignments` | sum | a custom event |
 * | `sketch`, flag, variant, metric, bucket | sum | a distribution; see engine/sketch.ts |
 * | `time`, granularity, flag, variant, start, name | sum | a figure in one bucket of time; start in epoch seconds |
 * | `config_seen`, flag, variant, hash, `first` or `last` | min, max | epoch milliseconds when a config was assigned |
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { Granularity } from "../../engine/evaluation.ts";

/** The version of the table above; a database with another one is refused. */
export const SCHEMA_VERSION = 1;

/** The names of the key spaces that hold counters and nothing else. */
export const COUNTER_SPACES = [
  "total",
  "seen",
  "event",
  "sketch",
  "time",
  "config_seen",
] as const;

const LONGEST_INLINE_ID = 200;

/** Ids can be longer than a key may be: a long one stands as its digest. */
function idPart(id: string): Deno.KvKeyPart {
  return id.length > LONGEST_INLINE_ID
    ? new Uint8Array(createHash("sha256").update(id).digest())
    : id;
}

export function schemaKey(): Deno.KvKey {
  return ["schema"];
}

export function storyPrefix(): Deno.KvKey {
  return ["a"];
}

export function storyKey(assignmentId: string): Deno.KvKey {
  return ["a", assignmentId];
}

export function storyPageKey(assignmentId: string, page: number): Deno.KvKey {
  return ["a", assignmentId, page];
}

export function waitingPrefix(): Deno.KvKey {
  return ["w"];
}

export function waitingKey(assignmentId: string): Deno.KvKey {
  return ["w", assignmentId];
}

export function userKey(
  flag: string,
  variant: string,
  user: string,
): Deno.KvKey {
  return ["u", flag, variant, idPart(user)];
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

export function totalKey(
  flag: string,
  variant: string,
  name: string,
): Deno.KvKey {
  return ["total", flag, variant, name];
}

export function seenKey(
  flag: string,
  variant: string,
  which: "first" | "last",
): Deno.KvKey {
  return ["seen", flag, variant, which];
}

export function eventKey(
  flag: string,
  variant: string,
  event: string,
  name: "count" | "assignments",
): Deno.KvKey {
  return ["event", flag, variant, event, name];
}

export function sketchKey(
  flag: string,
  variant: string,
  metric: string,
  bucket: number,
): Deno.KvKey {
  return ["sketch", flag, variant, metric, bucket];
}

export function timeKey(
  granularity: Granularity,
  flag: string,
  variant: string,
  start: number,
  name: string,
): Deno.KvKey {
  return ["time", granularity, flag, variant, start, name];
}

/** The start of a range of buckets, for `kv.list` with start and end. */
export function timeBound(
  granularity: Granularity,
  flag: string,
  variant: string,
  start: number,
): Deno.KvKey {
  return ["time", granularity, flag, variant, start];
}

export function configSeenKey(
  flag: string,
  variant: string,
  hash: string,
  which: "first" | "last",
): Deno.KvKey {
  return ["config_seen", flag, variant, hash, which];
}

/** All counters of a space, or of one flag in it. */
export function counterPrefix(
  space: "total" | "seen" | "event" | "sketch" | "config_seen",
  flag?: string,
): Deno.KvKey {
  return flag === undefined ? [space] : [space, flag];
}
