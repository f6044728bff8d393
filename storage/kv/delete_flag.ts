import { addDeltas } from "./add_deltas.ts";
import { mergeBase } from "./base.ts";
import { addBlock } from "./block.ts";
import { readCounters } from "./counters.ts";
import { eraseUserRow } from "./erase.ts";
import type { Erased } from "./erase.ts";
import { decodeFoldMark, encodeFoldMark } from "./fold_mark.ts";
import { FlagCounters } from "./flag_counters.ts";
import { forgetHistory } from "./history.ts";
import {
  archivedKey,
  baseLockKey,
  basePrefix,
  countersPrefix,
  flagKey,
  foldKey,
  indexPrefix,
  keyText,
  userPrefix,
} from "./keys.ts";
import type { CommitLimits } from "./limits.ts";
import { sketchPrefix, timePrefix } from "./segment_keys.ts";
import { settleFlag } from "./settle.ts";
import { takeOut } from "./take_out.ts";
import { withRetries } from "./with_retries.ts";
import { bytesOf } from "./workspace.ts";

/** Keys that the last commit deletes at most. */
const MAX_KEYS = 800;

/**
 * Deletes a flag: all that came for it, user by user, so that the counters and
 * the records that are left agree at any moment. What comes meanwhile makes
 * the flag again.
 *
 * @param now Epoch milliseconds.
 */
export async function deleteFlag(
  kv: Deno.Kv,
  flag: string,
  limits: CommitLimits,
  now: number,
): Promise<Erased> {
  const sum = { assignments: 0, records: 0 };
  for await (const { key } of kv.list({ prefix: [...userPrefix(), flag] })) {
    if (key.length !== 3) continue;
    const erased = await eraseUserRow(kv, { flag, key }, limits);
    sum.assignments += erased.assignments;
    sum.records += erased.records;
  }
  await takeOutBase(kv, flag);
  await settleFlag(kv, flag, now);
  await purge(kv, flag);
  await forgetHistory(kv, flag);
  return sum;
}

/** Takes out what retention had deleted before, too. */
async function takeOutBase(kv: Deno.Kv, flag: string): Promise<void> {
  await withRetries(async () => {
    await mergeBase(kv, flag);
    const lock = await kv.get(baseLockKey(flag));
    const base = new FlagCounters();
    const atomic = kv.atomic().check(lock).delete(lock.key);
    for await (const entry of kv.list({ prefix: basePrefix(flag) })) {
      addBlock(base, bytesOf(entry));
      atomic.delete(entry.key);
    }
    const counters = new FlagCounters();
    takeOut(counters, base);
    addDeltas(atomic, flag, counters.segments());
    return (await atomic.commit()).ok ? true : null;
  });
}

/** Deletes the rows of counters that are all zero. */
async function purge(kv: Deno.Kv, flag: string): Promise<void> {
  await withRetries(async () => {
    const lock = await kv.get(foldKey(flag));
    // So that nothing goes that comes meanwhile.
    const row = await kv.get(flagKey(flag));
    const left = await Array.fromAsync(
      kv.list({ prefix: indexPrefix(flag) }, { limit: 1 }),
    );
    const many = [sketchPrefix(flag), timePrefix(flag)];
    const counters = await readCounters(
      kv,
      flag,
      many.map((prefix) => ({ prefix })),
    );
    const isEmpty = left.length === 0 &&
      [...counters.segments()].every(({ kind, part, fields }) =>
        // Minutes of what retention had deleted are not in the base.
        fields.size === 0 || (kind === "time" && part === "minute")
      );
    if (!isEmpty) return true;
    // Whoever keeps sketches in memory is to see that they have changed.
    const { sketches } = decodeFoldMark(lock);
    const mark = encodeFoldMark({ sketches: sketches + 1 });
    const atomic = kv.atomic().check(lock, row).set(lock.key, mark)
      .delete(row.key).delete(archivedKey(flag));
    let keys = 0;
    for (const prefix of [countersPrefix(flag), ...many]) {
      for await (const { key } of kv.list({ prefix })) {
        if (keyText(key) === keyText(lock.key)) continue;
        atomic.delete(key);
        keys++;
      }
    }
    // So many rows are left as they are: they add up to nothing.
    if (keys > MAX_KEYS) return true;
    return (await atomic.commit()).ok ? true : null;
  });
}
