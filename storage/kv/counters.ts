import { addBlock, decodeFields } from "./block.ts";
import { decodeFoldMark, NEVER_FOLDED } from "./fold_mark.ts";
import type { FoldMark } from "./fold_mark.ts";
import { FlagCounters } from "./flag_counters.ts";
import type { SegmentKind } from "./flag_counters.ts";
import { countersPrefix, foldKey } from "./keys.ts";
import { segmentOf } from "./segment_keys.ts";
import { bytesOf } from "./workspace.ts";

/** Deno KV hands out at most this many entries at once, of one moment. */
const BATCH = 1000;
/** Folds take turns with commits: so many in a row mean that all is broken. */
const MAX_ATTEMPTS = 20;

/** The counters of a flag at one moment, but sketches and timelines. */
export interface FlagState {
  /** Of sketches and timelines: what no fold has gathered yet. */
  readonly counters: FlagCounters;
  /** The fold that had been the last one. */
  readonly mark: FoldMark;
  /** Another one for another state: what is written only ever gets newer. */
  readonly version: string;
}

/** Reads the counters of a flag: the rows of folds, and the deltas since. */
export async function readState(
  kv: Deno.Kv,
  flag: string,
): Promise<FlagState> {
  const list = { prefix: countersPrefix(flag) };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const state = new StateReader();
    for await (const entry of kv.list(list, { batchSize: BATCH })) {
      state.add(entry);
    }
    // One batch is of one moment. Between two of them a fold may have come,
    // which moves what deltas say into rows.
    if (state.entries < BATCH) return state;
    if (await isLast(kv, flag, state.mark)) return state;
  }
  throw foldedMeanwhile(flag);
}

/**
 * As {@linkcode readState}, with rows of sketches or timelines.
 *
 * @param rows Which of them.
 */
export async function readCounters(
  kv: Deno.Kv,
  flag: string,
  rows: readonly Deno.KvListSelector[],
): Promise<FlagCounters> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { counters, mark } = await readState(kv, flag);
    const entries = await Promise.all(
      rows.map((selector) =>
        Array.fromAsync(kv.list(selector, { batchSize: BATCH }))
      ),
    );
    if (!await isLast(kv, flag, mark)) continue;
    for (const entry of entries.flat()) addRow(counters, entry);
    return counters;
  }
  throw foldedMeanwhile(flag);
}

/** The totals of every flag, by name. */
export async function readTotals(
  kv: Deno.Kv,
): Promise<Map<string, FlagCounters>> {
  const flags = new Map<string, FlagCounters>();
  const split = new Set<string>();
  let [state, last, count] = [new StateReader("total"), "", 0];
  const list = kv.list({ prefix: countersPrefix() }, { batchSize: BATCH });
  for await (const entry of list) {
    const flag = String(entry.key[1]);
    if (flag !== last) {
      [state, last] = [new StateReader("total"), flag];
      flags.set(flag, state.counters);
    } else if (count % BATCH === 0) split.add(flag);
    state.add(entry);
    count++;
  }
  // Of one flag in two batches, a fold may have come between.
  for (const flag of split) {
    flags.set(flag, (await readState(kv, flag)).counters);
  }
  return flags;
}

/** Adds what a row of folded counters says. */
export function addRow(
  counters: FlagCounters,
  entry: Deno.KvEntry<unknown>,
): void {
  const fields = decodeFields(bytesOf(entry));
  counters.add({ ...segmentOf(entry.key), fields });
}

/** Whether no fold has come since. */
export async function isLast(
  kv: Deno.Kv,
  flag: string,
  mark: FoldMark,
): Promise<boolean> {
  const { versionstamp } = await kv.get(foldKey(flag));
  return versionstamp === mark.versionstamp;
}

export function foldedMeanwhile(flag: string): Error {
  return new Error(`The counters of ${flag} were folded during every read`);
}

class StateReader implements FlagState {
  readonly counters: FlagCounters = new FlagCounters();
  mark: FoldMark = NEVER_FOLDED;
  entries = 0;
  #newest = "";
  readonly #only: SegmentKind | null;

  constructor(only: SegmentKind | null = null) {
    this.#only = only;
  }

  /** Deleting alone changes how many there are, all else the newest. */
  get version(): string {
    return `${this.#newest} ${this.entries}`;
  }

  add(entry: Deno.KvEntry<unknown>): void {
    this.entries++;
    if (entry.versionstamp > this.#newest) this.#newest = entry.versionstamp;
    switch (entry.key[2]) {
      case "delta":
        addBlock(this.counters, bytesOf(entry), this.#only);
        break;
      case "as_of":
        this.mark = decodeFoldMark(entry);
        break;
      default:
        if (this.#only !== null && entry.key[3] !== this.#only) return;
        addRow(this.counters, entry);
    }
  }
}
