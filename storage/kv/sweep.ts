import { BUCKET_WIDTHS } from "./fields.ts";
import { readTotals } from "./counters.ts";
import { sweptKey } from "./keys.ts";
import { timeRange } from "./segment_keys.ts";

/** How long minute counters are shown, in milliseconds. */
export const MINUTES_KEPT = 48 * 3_600_000;
/** Beyond that, so that no reader sees a bucket go while it is still shown. */
const GRACE = 3_600_000;
const DELETES_PER_COMMIT = 200;

/**
 * Deletes the rows of minutes that are past their time. What a late record
 * adds to such a minute makes a row again, and goes with the next sweep.
 *
 * @param now Epoch milliseconds.
 * @returns How many rows it deleted, of an hour each.
 */
export async function sweepMinutes(kv: Deno.Kv, now: number): Promise<number> {
  const { hour } = BUCKET_WIDTHS;
  const passed = Math.floor((now - MINUTES_KEPT - GRACE) / hour) * hour;
  const end = Math.max(0, passed);
  // First: whoever finds rows gone finds this, too.
  await kv.atomic().max(sweptKey(), BigInt(end)).commit();
  let deleted = 0;
  for (const flag of (await readTotals(kv)).keys()) {
    const old = kv.list(timeRange(flag, "minute", 0, end), {
      batchSize: DELETES_PER_COMMIT,
    });
    let [atomic, size] = [kv.atomic(), 0];
    for await (const { key } of old) {
      atomic.delete(key);
      if (++size < DELETES_PER_COMMIT) continue;
      await atomic.commit();
      deleted += size;
      [atomic, size] = [kv.atomic(), 0];
    }
    if (size > 0) await atomic.commit();
    deleted += size;
  }
  return deleted;
}

/**
 * Before when minutes may be gone, in epoch milliseconds: by the clock, and by
 * what was swept under a clock that was ahead.
 */
export async function minutesHorizon(
  kv: Deno.Kv,
  now: number,
): Promise<number> {
  const { value } = await kv.get<Deno.KvU64>(sweptKey());
  return Math.max(now - MINUTES_KEPT, Number(value?.value ?? 0));
}
