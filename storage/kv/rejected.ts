import { rejectedKey, rejectedPrefix, rejectedSinceKey } from "./keys.ts";

/** Reasons that are counted apart; what comes beyond them is one reason. */
const MOST_REASONS = 50;
/** The reason of what comes beyond. */
export const OTHER_REASONS = "(others)";

/** What all processes on a database have refused, by reason. */
export interface RejectedCounts {
  /** When counting began, in epoch milliseconds; null before the first. */
  readonly since: number | null;
  readonly records: ReadonlyMap<string, number>;
}

/**
 * Adds to what was refused, in one commit without a check: nobody waits for
 * anybody.
 *
 * @param records How many more, by reason.
 * @param now Epoch milliseconds.
 */
export async function addRejected(
  kv: Deno.Kv,
  records: ReadonlyMap<string, number>,
  now: number,
): Promise<void> {
  const known = await readRejected(kv);
  const reasons = new Set(known.records.keys());
  const commit = kv.atomic();
  const amounts = new Map<string, number>();
  for (const [reason, amount] of records) {
    if (reasons.size < MOST_REASONS) reasons.add(reason);
    const counted = reasons.has(reason) ? reason : OTHER_REASONS;
    amounts.set(counted, (amounts.get(counted) ?? 0) + amount);
  }
  for (const [reason, amount] of amounts) {
    commit.sum(rejectedKey(reason), BigInt(amount));
  }
  if (known.since === null) commit.set(rejectedSinceKey(), now);
  await commit.commit();
}

/** Reads what was refused. */
export async function readRejected(kv: Deno.Kv): Promise<RejectedCounts> {
  const { value } = await kv.get(rejectedSinceKey());
  const records = new Map<string, number>();
  for await (const entry of kv.list({ prefix: rejectedPrefix() })) {
    if (entry.value instanceof Deno.KvU64) {
      records.set(String(entry.key[1]), Number(entry.value.value));
    }
  }
  return { since: typeof value === "number" ? value : null, records };
}
