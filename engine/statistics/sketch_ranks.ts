import { bucketWidth, sketchValue } from "../sketch.ts";
import { type Sketch, SKETCH_SHARDS } from "./flag_statistics.ts";

/** A sketch, laid out for looking up ranks. */
export interface SketchRanks {
  /** Values in all, at least 1. */
  readonly count: number;
  /** Not empty, in ascending order. */
  readonly buckets: readonly number[];
  /** Values up to and with each bucket. */
  readonly cumulative: readonly number[];
  /** Cells up to and with each bucket. */
  readonly cells: readonly number[];
  readonly sketch: Sketch;
  /** By shard: its values; the shards are the independent parts of the sample. */
  readonly shardCounts: Float64Array;
  /** Shards with values. */
  readonly shards: number;
}

const laidOut = new WeakMap<Sketch, SketchRanks | null>();

/**
 * Lays out a sketch for looking up ranks, once for any number of quantiles and
 * however often it is asked.
 *
 * @returns Null for an empty sketch.
 */
export function sketchRanks(sketch: Sketch): SketchRanks | null {
  let ranks = laidOut.get(sketch);
  if (ranks === undefined) {
    ranks = layOut(sketch);
    laidOut.set(sketch, ranks);
  }
  return ranks;
}

function layOut(sketch: Sketch): SketchRanks | null {
  const buckets: number[] = [];
  const cumulative: number[] = [];
  const cells: number[] = [];
  const { length } = sketch.cells;
  let count = 0;
  for (let cell = 0; cell < length;) {
    const bucket = Math.floor((sketch.cells[cell] ?? 0) / SKETCH_SHARDS);
    const next = (bucket + 1) * SKETCH_SHARDS;
    do {
      count += sketch.counts[cell++] ?? 0;
    } while (cell < length && (sketch.cells[cell] ?? 0) < next);
    buckets.push(bucket);
    cumulative.push(count);
    cells.push(cell);
  }
  if (count === 0) return null;
  const shardCounts = new Float64Array(SKETCH_SHARDS);
  addCells(shardCounts, sketch, { from: 0, to: length, weight: 1 });
  return {
    count,
    buckets,
    cumulative,
    cells,
    sketch,
    shardCounts,
    shards: shardCounts.reduce((sum, values) => sum + (values > 0 ? 1 : 0), 0),
  };
}

/**
 * The values below a position, by shard: whole buckets, and of the position's
 * own bucket the part that is below it.
 */
export function valuesBelow(
  { sketch, cells }: SketchRanks,
  { index, fraction }: RankPosition,
): Float64Array {
  const below = new Float64Array(SKETCH_SHARDS);
  const from = cells[index - 1] ?? 0;
  const to = cells[index] ?? from;
  addCells(below, sketch, { from: 0, to: from, weight: 1 });
  addCells(below, sketch, { from, to, weight: fraction });
  return below;
}

/** Which cells to add, and with what weight. */
interface CellRange {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

function addCells(
  sums: Float64Array,
  { cells, counts }: Sketch,
  { from, to, weight }: CellRange,
): void {
  for (let at = from; at < to; at++) {
    const shard = (cells[at] ?? 0) % SKETCH_SHARDS;
    sums[shard] = (sums[shard] ?? 0) + weight * (counts[at] ?? 0);
  }
}

/** Where a share of all values ends. */
export interface RankPosition {
  /** Of the bucket, among those that are not empty. */
  readonly index: number;
  /** Of the bucket's values, the share that is below. */
  readonly fraction: number;
  /** In the sketch's unit. */
  readonly value: number;
}

/**
 * Where a share of all values ends, interpolated within its bucket: with
 * bucket middles two equal arms would differ by a whole bucket, and surely
 * so, where a quantile lies near a bucket's bound.
 *
 * @param share From 0 to 1.
 */
export function rankPosition(ranks: SketchRanks, share: number): RankPosition {
  const rank = Math.min(1, Math.max(0, share)) * ranks.count;
  const index = firstUpTo(ranks, rank);
  const bucket = ranks.buckets[index] ?? 0;
  const before = ranks.cumulative[index - 1] ?? 0;
  const fraction = (rank - before) / ((ranks.cumulative[index] ?? 0) - before);
  return {
    index,
    fraction,
    value: sketchValue(bucket) + (fraction - 0.5) * bucketWidth(bucket),
  };
}

/**
 * The value below which a share of all values lies, by nearest rank.
 *
 * @param share From 0 to 1: 0.5 asks for the median.
 * @returns The middle of a bucket, within 0.78% of the true value, in the
 * sketch's unit.
 */
export function nearestRank(ranks: SketchRanks, share: number): number {
  const rank = Math.max(1, Math.ceil(share * ranks.count));
  return sketchValue(ranks.buckets[firstUpTo(ranks, rank)] ?? 0);
}

/** The first bucket up to which there are so many values; else the last. */
function firstUpTo({ cumulative }: SketchRanks, rank: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) >= rank) high = middle;
    else low = middle + 1;
  }
  return low;
}
