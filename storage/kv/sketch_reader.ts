import type {
  Sketch,
  SketchMetric,
} from "../../engine/statistics/flag_statistics.ts";
import { foldedMeanwhile, isLast, readState } from "./counters.ts";
import type { FlagState } from "./counters.ts";
import type { Fields } from "./flag_counters.ts";
import { FoldedSketch } from "./folded_sketch.ts";
import type { Buckets } from "./folded_sketch.ts";
import { segmentOf, sketchPrefix } from "./segment_keys.ts";
import { bytesOf } from "./workspace.ts";

/** The sketches of a flag, up to the last fold that changed one. */
interface FoldedSketches {
  readonly folds: number;
  /** By `metric variant`. */
  readonly sketches: ReadonlyMap<string, FoldedSketch>;
  readonly cells: number;
  /** The state that was read last. */
  last: SketchedState | null;
}

/** A flag's counters at one moment, with its sketches. */
export interface SketchedState extends FlagState {
  /** All cells. */
  sketch(variant: string, metric: SketchMetric): Sketch;
  /** Bucket and count over all shards, in ascending order. */
  buckets(variant: string, metric: SketchMetric): Buckets;
}

/** Cells that are kept in memory, of all flags: some 30 MB. */
const MAX_CELLS = 400_000;
const MAX_ATTEMPTS = 20;
const NO_SKETCH = new FoldedSketch();
const NO_FIELDS: Fields = new Map();

/**
 * Reads flags with their sketches. A sketch has thousands of cells, and they
 * change but with every few folds: so what folds have written is kept in
 * memory, and trusted as long as the flag says that no fold has changed it.
 */
export class SketchReader {
  readonly #kv: Deno.Kv;
  readonly #known: Map<string, FoldedSketches> = new Map();
  readonly #reading: Map<string, Promise<SketchedState>> = new Map();
  #cells = 0;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /**
   * The counters of a flag, and its sketches. Those who ask in one turn of the
   * event loop get the same state, so that their figures agree.
   */
  read(flag: string): Promise<SketchedState> {
    let reading = this.#reading.get(flag);
    if (reading === undefined) {
      reading = this.#read(flag);
      this.#reading.set(flag, reading);
      // Who asks later may know of commits that this read does not see.
      queueMicrotask(() => this.#reading.delete(flag));
    }
    return reading;
  }

  async #read(flag: string): Promise<SketchedState> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const state = await readState(this.#kv, flag);
      const folded = await this.#folded(flag, state);
      if (folded === null) continue;
      // Nothing was written since: what was laid out then serves again.
      if (folded.last?.version === state.version) return folded.last;
      return folded.last = new KvSketchedState(state, folded);
    }
    throw foldedMeanwhile(flag);
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
  let cells = 0;
  for await (const entry of rows) {
    const { variant, part } = segmentOf(entry.key);
    const name = `${part} ${variant}`;
    const sketch = sketches.get(name) ?? new FoldedSketch();
    sketches.set(name, sketch);
    sketch.add(bytesOf(entry));
  }
  for (const { size } of sketches.values()) cells += size;
  return { folds, sketches, cells, last: null };
}

class KvSketchedState implements SketchedState {
  readonly counters: FlagState["counters"];
  readonly mark: FlagState["mark"];
  readonly version: string;
  readonly #folded: FoldedSketches;
  readonly #merged: Map<string, Sketch> = new Map();

  constructor({ counters, mark, version }: FlagState, folded: FoldedSketches) {
    this.counters = counters;
    this.mark = mark;
    this.version = version;
    this.#folded = folded;
  }

  sketch(variant: string, metric: SketchMetric): Sketch {
    const name = `${metric} ${variant}`;
    let sketch = this.#merged.get(name);
    if (sketch === undefined) {
      sketch = this.#of(variant, metric)
        .cellsWith(this.#pending(variant, metric));
      this.#merged.set(name, sketch);
    }
    return sketch;
  }

  buckets(variant: string, metric: SketchMetric): Buckets {
    return this.#of(variant, metric)
      .bucketsWith(this.#pending(variant, metric));
  }

  #of(variant: string, metric: SketchMetric): FoldedSketch {
    return this.#folded.sketches.get(`${metric} ${variant}`) ?? NO_SKETCH;
  }

  /** What no fold has gathered yet. */
  #pending(variant: string, metric: SketchMetric): Fields {
    return this.counters.of("sketch").get(variant)?.get(metric)?.fields ??
      NO_FIELDS;
  }
}
