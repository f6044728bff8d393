import type {
  Sketch,
  SketchMetric,
} from "../../engine/statistics/flag_statistics.ts";
import {
  foldedMeanwhile,
  isLast,
  readState,
  readTail,
  stateAfter,
  stateFolded,
} from "./counters.ts";
import type { FlagState, FlagTail } from "./counters.ts";
import { SKETCH_METRICS } from "./fields.ts";
import type { Fold } from "./fold.ts";
import type { Fields, FlagCounters } from "./flag_counters.ts";
import { FoldedSketch, withFields } from "./folded_sketch.ts";
import { segmentOf, sketchPrefix } from "./segment_keys.ts";
import { bytesOf } from "./workspace.ts";

/** The sketches of a flag, up to the last fold that changed one. */
interface FoldedSketches {
  readonly folds: number;
  /** By `metric variant`. */
  readonly sketches: ReadonlyMap<string, FoldedSketch>;
  readonly cells: number;
  /** The state that was read last. */
  last: KvSketchedState | null;
  /** What was read last of what has been written since. */
  tail: FlagTail | null;
  /** Folds since somebody asked. */
  unasked: number;
}

/** A flag's counters at one moment, with its sketches. */
export interface SketchedState extends FlagState {
  sketch(variant: string, metric: SketchMetric): Sketch;
}

/** Cells that are kept in memory, of all flags: some 25 MB. */
const MAX_CELLS = 1_000_000;
/** The state of a flag with few cells takes as much as so many. */
const STATE_CELLS = 500;
/** After so many folds without a question the last state is forgotten. */
const MAX_UNASKED = 64;
const MAX_ATTEMPTS = 20;
const NO_SKETCH = new FoldedSketch();
const NO_FIELDS: Fields = new Map();

/**
 * Reads flags with their sketches. A sketch has thousands of cells, and they
 * change but with every few folds: so what folds have written is kept in
 * memory, and trusted as long as the flag says that no fold has changed it.
 * The state that was read last is kept as well, and what deltas have added
 * since is added to it.
 */
export class SketchReader {
  readonly #kv: Deno.Kv;
  readonly #known: Map<string, FoldedSketches> = new Map();
  readonly #reading: Map<string, Promise<SketchedState>> = new Map();
  #cells = 0;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Keeps what was read for a flag's version, for who asks for that version. */
  keep(flag: string, tail: FlagTail): void {
    const known = this.#known.get(flag);
    if (known !== undefined) known.tail = tail;
  }

  /**
   * Takes a fold of this process into the state that was read last, so that
   * nothing is read again for it.
   */
  folded(fold: Fold): void {
    const known = this.#known.get(fold.flag);
    if (known === undefined || known.last === null) return;
    const after = ++known.unasked > MAX_UNASKED
      ? null
      : stateFolded(known.last, fold);
    known.tail = null;
    known.last = after &&
      new KvSketchedState(after.state, known.sketches, {
        before: known.last.laidOut(),
        added: after.added,
      });
  }

  /**
   * The counters of a flag, and its sketches. Those who ask in one turn of the
   * event loop get the same state, so that their figures agree.
   *
   * @param version One that has just been read: the state is that of it, or a
   * later one. Nothing is read again where that can be.
   */
  read(flag: string, version?: string): Promise<SketchedState> {
    // Who knows no version may know of commits that it does not have.
    const question = `${version ?? ""} ${flag}`;
    let reading = this.#reading.get(question);
    if (reading === undefined) {
      reading = this.#read(flag, version);
      this.#reading.set(question, reading);
      // Likewise who asks later.
      queueMicrotask(() => this.#reading.delete(question));
    }
    return reading;
  }

  async #read(flag: string, version?: string): Promise<SketchedState> {
    const extended = await this.#extended(flag, version);
    if (extended !== null) return extended;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const state = await readState(this.#kv, flag);
      const folded = await this.#folded(flag, state);
      if (folded === null) continue;
      // Nothing was written since: what was laid out then serves again.
      if (folded.last?.version === state.version) return folded.last;
      return folded.last = new KvSketchedState(state, folded.sketches);
    }
    throw foldedMeanwhile(flag);
  }

  /** The last state with what was written since; null after a fold. */
  async #extended(
    flag: string,
    version?: string,
  ): Promise<SketchedState | null> {
    const known = this.#known.get(flag);
    if (known === undefined || known.last === null) return null;
    known.unasked = 0;
    const tail = version !== undefined && known.tail?.version === version
      ? known.tail
      : await readTail(this.#kv, flag);
    const before = known.last;
    // What folds came meanwhile were too many.
    if (before === null) return null;
    if (before.version === tail.version) return before;
    const after = stateAfter(before, tail);
    return after === null
      ? null
      : known.last = new KvSketchedState(after.state, known.sketches, {
        before,
        added: after.added,
      });
  }

  /** What belongs to a state; null when a fold has come meanwhile. */
  async #folded(
    flag: string,
    { mark }: FlagState,
  ): Promise<FoldedSketches | null> {
    const known = this.#known.get(flag);
    if (known?.folds === mark.sketches) {
      // The last to be forgotten.
      this.#known.delete(flag);
      this.#known.set(flag, known);
      return known;
    }
    const read = await readSketches(this.#kv, flag, mark.sketches);
    if (!await isLast(this.#kv, flag, mark)) return null;
    this.#keep(flag, read);
    return read;
  }

  #keep(flag: string, read: FoldedSketches): void {
    this.#cells += read.cells - (this.#known.get(flag)?.cells ?? 0);
    this.#known.delete(flag);
    this.#known.set(flag, read);
    for (const [oldest, { cells }] of this.#known) {
      if (this.#cells <= MAX_CELLS) return;
      this.#known.delete(oldest);
      this.#cells -= cells;
    }
  }
}

async function readSketches(
  kv: Deno.Kv,
  flag: string,
  folds: number,
): Promise<FoldedSketches> {
  // Without folds there are no rows.
  const rows = folds === 0 ? [] : kv.list(
    { prefix: sketchPrefix(flag) },
    { batchSize: 1000 },
  );
  const sketches = new Map<string, FoldedSketch>();
  let cells = STATE_CELLS;
  for await (const entry of rows) {
    const { variant, part } = segmentOf(entry.key);
    const name = `${part} ${variant}`;
    const sketch = sketches.get(name) ?? new FoldedSketch();
    sketches.set(name, sketch);
    sketch.add(bytesOf(entry));
  }
  for (const { size } of sketches.values()) cells += size;
  return { folds, sketches, cells, last: null, tail: null, unasked: 0 };
}

class KvSketchedState implements SketchedState {
  readonly counters: FlagCounters;
  readonly mark: FlagState["mark"];
  readonly version: string;
  readonly whole: boolean;
  readonly #folded: FoldedSketches["sketches"];
  readonly #sketches: Map<string, Sketch> = new Map();

  /** @param since A state that this one adds something to. */
  constructor(
    { counters, mark, version, whole }: FlagState,
    folded: FoldedSketches["sketches"],
    since: { before: KvSketchedState; added: FlagCounters } | null = null,
  ) {
    this.counters = counters;
    this.mark = mark;
    this.version = version;
    this.whole = whole;
    this.#folded = folded;
    if (since === null) return;
    for (const [name, sketch] of since.before.#sketches) {
      const [metric = "", variant = ""] = splitName(name);
      const added = since.added.of("sketch").get(variant)?.get(metric)?.fields;
      this.#sketches.set(name, withFields(sketch, added ?? NO_FIELDS));
    }
  }

  /** This state with all of its sketches: its rows are about to change. */
  laidOut(): this {
    const names = [...this.#folded.keys()].map(splitName);
    for (const [variant, parts] of this.counters.of("sketch")) {
      for (const part of parts.keys()) names.push([part, variant]);
    }
    for (const [part, variant] of names) {
      const metric = SKETCH_METRICS.find((name) => name === part);
      if (metric !== undefined) this.sketch(variant, metric);
    }
    return this;
  }

  sketch(variant: string, metric: SketchMetric): Sketch {
    const name = `${metric} ${variant}`;
    let sketch = this.#sketches.get(name);
    if (sketch === undefined) {
      const pending = this.counters.of("sketch").get(variant)?.get(metric);
      sketch = (this.#folded.get(name) ?? NO_SKETCH)
        .with(pending?.fields ?? NO_FIELDS);
      this.#sketches.set(name, sketch);
    }
    return sketch;
  }
}

/** Metrics have no spaces, variants may. */
function splitName(name: string): [metric: string, variant: string] {
  const space = name.indexOf(" ");
  return [name.slice(0, space), name.slice(space + 1)];
}
