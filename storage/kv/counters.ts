import { addBlock, decodeFields } from "./block.ts";
import { decodeFoldMark, NEVER_FOLDED } from "./fold_mark.ts";
import type { FoldMark } from "./fold_mark.ts";
import type { Fold } from "./fold.ts";
import { FlagCounters, SEGMENT_KINDS } from "./flag_counters.ts";
import type { SegmentKind } from "./flag_counters.ts";
import { countersPrefix, foldKey } from "./keys.ts";
import { segmentOf, sumPrefix } from "./segment_keys.ts";
import { bytesOf } from "./workspace.ts";

/** Deno KV hands out at most this many entries at once, of one moment. */
export const BATCH = 1000;
/** Folds take turns with commits: so many in a row mean that all is broken. */
export const MAX_ATTEMPTS = 20;

/** The counters of a flag at one moment, but sketches and timelines. */
export interface FlagState {
  /** Of sketches and timelines: what no fold has gathered yet. */
  readonly counters: FlagCounters;
  /** The fold that had been the last one. */
  readonly mark: FoldMark;
  /** Another one for another state: what is written only ever gets newer. */
  readonly version: string;
  /** Whether one batch had it all, and so everything up to the version. */
  readonly whole: boolean;
}

/** What has been written of a flag since a fold. */
export interface FlagTail
  extends Pick<FlagState, "mark" | "version" | "whole"> {
  readonly deltas: readonly Deno.KvEntry<unknown>[];
}

/** Reads what has been written of a flag since its last fold. */
export async function readTail(kv: Deno.Kv, flag: string): Promise<FlagTail> {
  const list = { start: foldKey(flag), end: sumPrefix(flag) };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const entries = await Array.fromAsync(kv.list(list, { batchSize: BATCH }));
    const [first] = entries;
    const folded = first?.key[2] === "as_of";
    const mark = first && folded ? decodeFoldMark(first) : NEVER_FOLDED;
    const whole = entries.length < BATCH;
    if (!whole && !await isLast(kv, flag, mark)) continue;
    return {
      mark,
      version: newestOf(entries),
      whole,
      deltas: folded ? entries.slice(1) : entries,
    };
  }
  throw foldedMeanwhile(flag);
}

/**
 * A state with what has been written since. Deltas never change, and whatever
 * deletes one or changes a sum also changes the mark: so under the same mark
 * only what is newer is new.
 *
 * @returns Null where it takes a read of everything.
 */
export function stateAfter(
  before: FlagState,
  { mark, version, whole, deltas }: FlagTail,
): { state: FlagState; added: FlagCounters } | null {
  if (
    !whole || !before.whole || version < before.version ||
    mark.versionstamp !== before.mark.versionstamp
  ) return null;
  const added = new FlagCounters();
  for (const delta of deltas) {
    // What the fold itself has written back is not new.
    const isNew = delta.versionstamp > before.version &&
      delta.versionstamp !== mark.versionstamp;
    if (isNew) addBlock(added, bytesOf(delta));
  }
  const counters = before.counters.with(added);
  return { state: { counters, mark, version, whole }, added };
}

/**
 * A state after a fold: one changes no figure, but gathers deltas that the
 * state may not have yet. Of what has come by now it may lack what is newer
 * than its version: {@linkcode stateAfter} adds that.
 *
 * @returns Null where the state is none that the fold has followed.
 */
export function stateFolded(
  before: FlagState,
  fold: Fold,
): { state: FlagState; added: FlagCounters } | null {
  const { mark, version, whole } = before;
  if (!whole || mark.versionstamp !== fold.before) return null;
  const added = new FlagCounters();
  for (const { versionstamp, block } of fold.deltas) {
    if (versionstamp > version) addBlock(added, block);
  }
  const counters = before.counters.with(added);
  return { state: { counters, mark: fold.mark, version, whole }, added };
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
    if (state.whole) return state;
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

/** What a list of flags needs. */
const LISTED: readonly SegmentKind[] = ["total", "setup"];

/** The totals of every flag, and its settings, by name. */
export async function readTotals(
  kv: Deno.Kv,
): Promise<Map<string, FlagCounters>> {
  const flags = new Map<string, FlagCounters>();
  const split = new Set<string>();
  let [state, last, count] = [new StateReader(LISTED), "", 0];
  const list = kv.list({ prefix: countersPrefix() }, { batchSize: BATCH });
  for await (const entry of list) {
    const flag = String(entry.key[1]);
    if (flag !== last) {
      [state, last] = [new StateReader(LISTED), flag];
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

/** The versionstamp of what was written last; empty when there is nothing. */
function newestOf(entries: readonly Deno.KvEntry<unknown>[]): string {
  return entries.reduce(
    (newest, { versionstamp }) => versionstamp > newest ? versionstamp : newest,
    "",
  );
}

class StateReader implements FlagState {
  readonly counters: FlagCounters = new FlagCounters();
  mark: FoldMark = NEVER_FOLDED;
  entries = 0;
  version = "";
  readonly #only: readonly SegmentKind[];

  constructor(only: readonly SegmentKind[] = SEGMENT_KINDS) {
    this.#only = only;
  }

  get whole(): boolean {
    return this.entries < BATCH;
  }

  add(entry: Deno.KvEntry<unknown>): void {
    this.entries++;
    if (entry.versionstamp > this.version) this.version = entry.versionstamp;
    switch (entry.key[2]) {
      case "delta":
        addBlock(this.counters, bytesOf(entry), this.#only);
        break;
      case "as_of":
        this.mark = decodeFoldMark(entry);
        break;
      default:
        if (!this.#only.some((kind) => kind === entry.key[3])) return;
        addRow(this.counters, entry);
    }
  }
}
