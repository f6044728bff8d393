import { addBlock, encodeBlocks } from "./block.ts";
import { FlagCounters } from "./flag_counters.ts";
import { baseKey, baseLockKey, basePrefix, newNonce } from "./keys.ts";
import { withRetries } from "./with_retries.ts";
import { bytesOf } from "./workspace.ts";

/** Rows that are read one by one. */
const FEW = 40;
/** Rows that one commit puts together. */
const MAX_ROWS = 400;
const CHANGED = new Uint8Array([1]);

/** What deleted records of a flag are in its counters, but for users. */
export async function readBase(
  kv: Deno.Kv,
  flag: string,
): Promise<FlagCounters> {
  const base = new FlagCounters();
  for await (const entry of kv.list({ prefix: basePrefix(flag) })) {
    addBlock(base, bytesOf(entry));
  }
  return base;
}

/** Puts the rows of a flag's base together, where there are many. */
export async function mergeBase(kv: Deno.Kv, flag: string): Promise<void> {
  await withRetries(async () => {
    const lock = await kv.get(baseLockKey(flag));
    const rows = await Array.fromAsync(
      kv.list({ prefix: basePrefix(flag) }, { limit: MAX_ROWS }),
    );
    if (rows.length <= FEW) return true;
    const sum = new FlagCounters();
    const atomic = kv.atomic().check(lock).set(lock.key, CHANGED);
    for (const row of rows) {
      addBlock(sum, bytesOf(row));
      atomic.delete(row.key);
    }
    for (const block of encodeBlocks(sum.segments())) {
      atomic.set(baseKey(flag, newNonce()), block);
    }
    return (await atomic.commit()).ok ? true : null;
  });
}

/** Writes what more of a flag is deleted. */
export function addToBase(
  atomic: Deno.AtomicOperation,
  flag: string,
  counters: FlagCounters,
): void {
  for (const block of encodeBlocks(counters.segments())) {
    atomic.set(baseKey(flag, newNonce()), block);
  }
}
