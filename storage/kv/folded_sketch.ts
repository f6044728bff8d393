import type { Sketch } from "../../engine/statistics/flag_statistics.ts";
import { decodeFields } from "./block.ts";
import { ByteReader } from "./bytes.ts";
import { SKETCH_STRIDE } from "./fields.ts";
import type { Fields } from "./flag_counters.ts";

type Cell = Sketch[number];

/** Bucket and count over all shards, in ascending order. */
export type Buckets = [bucket: number, count: number][];

/** Counts by bucket, for one computation at a time: cells come in no order. */
const counts = new Float64Array(SKETCH_STRIDE);

/**
 * One variant's sketch of one metric, as folds have written it: rows that are
 * decoded when somebody asks, and only as far as that needs. Quantiles need no
 * shards, and of most sketches nobody asks for anything before they change.
 */
export class FoldedSketch {
  readonly #rows: Uint8Array[] = [];
  #cells: Sketch | null = null;
  #buckets: Buckets | null = null;
  #size = 0;

  /** How many cells it has. */
  get size(): number {
    return this.#size;
  }

  /** Adds a row of its own cells. */
  add(row: Uint8Array): void {
    this.#rows.push(row);
    this.#size += new ByteReader(row).unsigned();
  }

  /** All cells with what no fold has gathered yet. */
  cellsWith(pending: Fields): Sketch {
    this.#cells ??= sortedCells(this.#rows.flatMap((row) => [
      ...decodeFields(row),
    ]));
    return merged(this.#cells, sortedCells([...pending]));
  }

  /** What the buckets hold with what no fold has gathered yet. */
  bucketsWith(pending: Fields): Buckets {
    this.#buckets ??= this.#readBuckets();
    for (const [bucket, count] of this.#buckets) counts[bucket] = count;
    for (const [field, count] of pending) {
      addCount(field % SKETCH_STRIDE, Number(count));
    }
    return takeBuckets();
  }

  #readBuckets(): Buckets {
    for (const row of this.#rows) {
      const reader = new ByteReader(row);
      let field = 0;
      for (let left = reader.unsigned(); left > 0; left--) {
        field += reader.unsigned();
        addCount(field % SKETCH_STRIDE, Number(reader.signed()));
      }
    }
    return takeBuckets();
  }
}

function addCount(bucket: number, count: number): void {
  counts[bucket] = (counts[bucket] ?? 0) + count;
}

/** What has been counted; the next one begins with nothing. */
function takeBuckets(): Buckets {
  const buckets: Buckets = [];
  for (const [bucket, count] of counts.entries()) {
    if (count !== 0) buckets.push([bucket, count]);
  }
  counts.fill(0);
  return buckets;
}

/** Cells in ascending order of bucket, then shard. */
function sortedCells(
  fields: readonly (readonly [field: number, count: number | bigint])[],
): Cell[] {
  return fields.map(([field, count]): Cell => [
    Math.floor(field / SKETCH_STRIDE),
    field % SKETCH_STRIDE,
    Number(count),
  ]).sort(byCell);
}

function byCell(a: Cell, b: Cell): number {
  return a[1] - b[1] || a[0] - b[0];
}

/** Two sorted lists of cells as one; counts of the same cell add up. */
function merged(left: Sketch, right: Sketch): Sketch {
  if (right.length === 0) return left;
  const cells: Cell[] = [];
  let at = 0;
  for (const cell of right) {
    let next = left[at];
    while (next !== undefined && byCell(next, cell) < 0) {
      cells.push(next);
      next = left[++at];
    }
    if (next === undefined || byCell(next, cell) > 0) {
      cells.push(cell);
      continue;
    }
    at++;
    const count = next[2] + cell[2];
    if (count !== 0) cells.push([cell[0], cell[1], count]);
  }
  for (; at < left.length; at++) {
    const next = left[at];
    if (next !== undefined) cells.push(next);
  }
  return cells;
}
