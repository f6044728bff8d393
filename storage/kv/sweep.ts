import { BUCKET_WIDTHS } from "./count.ts";
import { readTotals } from "./counters.ts";
import { timeBound } from "./keys.ts";

/** How long minute counters are shown, in milliseconds. */
export const MINUTES_KEPT = 48 * 3_600_000;
/** Beyond that, so that no reader sees a bucket go while it is still shown. */
const GRACE = 3_600_000;
const DELETES_PER_COMMIT = 200;

/**
 * Deletes the minute counters that are past their time. They do not expire by
 * themselves: a sum takes away the expiry that its key had.
 *
 * @param now Epoch milliseconds.
 * @returns How many it deleted.
 */
export async function sweepMinutes(kv: Deno.Kv, now: number): Promise<number> {
  const { minute } = BUCKET_WIDTHS;
  const end = Math.floor((now - MINUTES_KEPT - GRACE) / minute) * 60;
  let deleted = 0;
  for (const [flag, variants] of await readTotals(kv)) {
    for (const variant of variants.keys()) {
      const old = kv.list({
        start: timeBound("minute", flag, variant, 0),
        end: timeBound("minute", flag, variant, end),
      }, { batchSize: DELETES_PER_COMMIT });
      let atomic = kv.atomic();
      let size = 0;
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
  }
  return deleted;
}
