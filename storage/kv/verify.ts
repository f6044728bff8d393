import { COUNTER_SPACES, storyPrefix, waitingPrefix } from "./keys.ts";
import { Recount } from "./recount.ts";
import { Story } from "./story.ts";
import { MINUTES_KEPT } from "./sweep.ts";
import { bytesOf } from "./workspace.ts";

/** A counter that is not what the ledger says. */
export interface Mismatch {
  /** The counter's key, as JSON. */
  readonly key: string;
  /** What the records add up to; null when they know no such counter. */
  readonly recounted: bigint | null;
  /** What the counter says; null when there is none. */
  readonly counted: bigint | null;
}

/** What a recount found. */
export interface Verification {
  readonly assignments: number;
  readonly records: number;
  /** Records that wait for their assignment. */
  readonly orphans: number;
  /** Records that are durable and will be counted by a running server. */
  readonly uncounted: number;
  readonly counters: number;
  readonly mismatches: readonly Mismatch[];
}

/** Small, so that a server on the same database can go on writing. */
const ROWS_PER_READ = 100;

/**
 * Recounts the ledger and compares the result with every counter.
 *
 * @param kv A database to which nothing is written meanwhile: a copy, or one
 * whose servers are stopped. Else what is in flight may show as a mismatch.
 * @param now Epoch milliseconds; minute counters that are past their time are
 * left out.
 */
export async function verify(
  kv: Deno.Kv,
  now: number,
): Promise<Verification> {
  const recount = new Recount();
  let [assignments, records, orphans, uncounted] = [0, 0, 0, 0];
  const marked = new Set<string>();
  for await (const { key } of kv.list({ prefix: waitingPrefix() })) {
    marked.add(String(key[1]));
  }
  const mismatches: Mismatch[] = [];
  for await (const story of stories(kv)) {
    recount.add(story);
    records += story.others.length;
    if (story.assignment === null) orphans += story.others.length;
    else {
      assignments++;
      records++;
      uncounted += story.others.length + 1 - story.counted;
    }
    if (story.waiting !== marked.has(story.id)) {
      mismatches.push({
        key: JSON.stringify(["w", story.id]),
        recounted: story.waiting ? 1n : null,
        counted: story.waiting ? null : 1n,
      });
    }
  }
  const expected = recount.counters;
  let counters = 0;
  const horizon = (now - MINUTES_KEPT) / 1000;
  for (const space of COUNTER_SPACES) {
    for await (
      const { key, value } of kv.list<Deno.KvU64>({ prefix: [space] }, {
        batchSize: ROWS_PER_READ,
      })
    ) {
      counters++;
      const id = JSON.stringify(key);
      const recounted = expected.get(id)?.value ?? null;
      expected.delete(id);
      const counted = BigInt.asIntN(64, value.value);
      // A counter that was taken back to zero stays where it is.
      if (counted === (recounted ?? 0n) || isPast(key, horizon)) continue;
      mismatches.push({ key: id, recounted, counted });
    }
  }
  for (const [id, { key, value }] of expected) {
    if (value === 0n || isPast(key, horizon)) continue;
    mismatches.push({ key: id, recounted: value, counted: null });
  }
  return {
    assignments,
    records,
    orphans,
    uncounted,
    counters,
    mismatches,
  };
}

async function* stories(kv: Deno.Kv): AsyncGenerator<Story> {
  const entries = kv.list({ prefix: storyPrefix() }, {
    batchSize: ROWS_PER_READ,
  });
  let [id, row]: [string, Uint8Array | null] = ["", null];
  let pages: Uint8Array[] = [];
  for await (const entry of entries) {
    const [, assignmentId, page] = entry.key;
    if (page !== undefined) {
      pages.push(bytesOf(entry));
      continue;
    }
    if (row !== null) yield Story.decode(id, row, pages);
    [id, row, pages] = [String(assignmentId), bytesOf(entry), []];
  }
  if (row !== null) yield Story.decode(id, row, pages);
}

function isPast(key: Deno.KvKey, horizon: number): boolean {
  const [space, granularity, , , start] = key;
  return space === "time" && granularity === "minute" &&
    Number(start) < horizon;
}
