import { addBlock, decodeFields } from "./block.ts";
import { FlagCounters } from "./flag_counters.ts";
import type { SegmentKind } from "./flag_counters.ts";
import { deltaPrefix, foldKey, foldPrefix } from "./keys.ts";
import { segmentOf, segmentPrefix } from "./segment_keys.ts";
import { bytesOf } from "./workspace.ts";

/** Deno KV hands out at most this many entries at once. */
const BATCH = { batchSize: 1000 };
/** Folds take turns with commits: so many in a row mean that all is broken. */
const MAX_ATTEMPTS = 20;

/** Everything about a flag but its timeline. */
export const FIGURE_KINDS: readonly SegmentKind[] = [
  "total",
  "event",
  "sketch",
  "config",
  "setup",
  "flag",
];

/** The rows of some kinds of counters of a flag. */
export function rowsOf(
  flag: string,
  kinds: readonly SegmentKind[],
): Deno.KvListSelector[] {
  return kinds.map((kind) => ({ prefix: segmentPrefix(kind, flag) }));
}

/**
 * What the counters of a flag add up to: the rows that folds have written, and
 * the deltas that none has gathered. The deltas may name counters beside those
 * of the rows that are asked for.
 */
export function readCounters(
  kv: Deno.Kv,
  flag: string,
  rows: readonly Deno.KvListSelector[],
): Promise<FlagCounters> {
  return betweenFolds(kv, flag, async () => {
    const counters = new FlagCounters();
    const lists = [{ prefix: deltaPrefix(flag) }, ...rows].map((selector) =>
      Array.fromAsync(kv.list(selector, BATCH))
    );
    const [deltas = [], ...sums] = await Promise.all(lists);
    for (const entry of sums.flat()) {
      const { segment } = segmentOf(entry.key);
      counters.add({ ...segment, fields: decodeFields(bytesOf(entry)) });
    }
    for (const entry of deltas) addBlock(counters, bytesOf(entry));
    return counters;
  });
}

/**
 * Reads again until no fold came between: a fold moves what deltas say into
 * rows, and half of that would count twice or not at all.
 */
async function betweenFolds<T>(
  kv: Deno.Kv,
  flag: string,
  read: () => Promise<T>,
): Promise<T> {
  let before = (await kv.get(foldKey(flag))).versionstamp;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const result = await read();
    const after = (await kv.get(foldKey(flag))).versionstamp;
    if (after === before) return result;
    before = after;
  }
  throw new Error(`The counters of ${flag} were folded during every read`);
}

/** The totals of every flag, by name. */
export async function readTotals(
  kv: Deno.Kv,
): Promise<Map<string, FlagCounters>> {
  const before = await readFolds(kv);
  const [sums, deltas] = await Promise.all([
    Array.fromAsync(kv.list({ prefix: segmentPrefix("total") }, BATCH)),
    Array.fromAsync(kv.list({ prefix: deltaPrefix() }, BATCH)),
  ]);
  const after = await readFolds(kv);
  const flags = new Map<string, FlagCounters>();
  const countersOf = (flag: string): FlagCounters => {
    const counters = flags.get(flag) ?? new FlagCounters();
    flags.set(flag, counters);
    return counters;
  };
  for (const entry of sums) {
    const { flag, segment } = segmentOf(entry.key);
    const fields = decodeFields(bytesOf(entry));
    countersOf(flag).add({ ...segment, fields });
  }
  for (const entry of deltas) {
    addBlock(countersOf(String(entry.key[1])), bytesOf(entry));
  }
  const folded = [...flags.keys()]
    .filter((flag) => before.get(flag) !== after.get(flag));
  for (const flag of folded) {
    flags.set(flag, await readCounters(kv, flag, rowsOf(flag, ["total"])));
  }
  return flags;
}

/** When each flag was folded last. */
async function readFolds(kv: Deno.Kv): Promise<Map<string, string>> {
  const folds = new Map<string, string>();
  for await (
    const { key, versionstamp } of kv.list({ prefix: foldPrefix() }, BATCH)
  ) folds.set(String(key[1]), versionstamp);
  return folds;
}
