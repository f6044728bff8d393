import { sketchValue } from "../sketch.ts";
import type { Sketch } from "./flag_statistics.ts";

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
  /** By cell: its shard. */
  readonly cellShards: Uint32Array;
  /** By cell: its values. */
  readonly cellCounts: Float64Array;
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
  const cellShards = new Uint32Array(sketch.length);
  const cellCounts = new Float64Array(sketch.length);
  let count = 0;
  let largest = 0;
  for (let cell = 0; cell < sketch.length; cell++) {
    const [shard, bucket, values] = sketch[cell] ?? [0, 0, 0];
    count += values;
    cellShards[cell] = shard;
    cellCounts[cell] = values;
    if (shard > largest) largest = shard;
    if (buckets.at(-1) !== bucket) {
      buckets.push(bucket);
      cumulative.push(count);
      cells.push(cell + 1);
    } else {
      cumulative[cumulative.length - 1] = count;
      cells[cells.length - 1] = cell + 1;
    }
  }
  if (count === 0) return null;
  const shardCounts = new Float64Array(largest + 1);
  addCells(shardCounts, cellShards, cellCounts, 0, sketch.length, 1);
  return {
    count,
    buckets,
    cumulative,
    cells,
    cellShards,
    cellCounts,
    shardCounts,
    shards: shardCounts.reduce((sum, values) => sum + (values > 0 ? 1 : 0), 0),
  };
}

/**
 * The values below a position, by shard: whole buckets, and of the position's
 * own bucket the part that is below it.
 */
export function valuesBelow(
  ranks: SketchRanks,
  position: RankPosition,
): Float64Array {
  const { cellShards, cellCounts, cells } = ranks;
  const below = new Float64Array(ranks.shardCounts.length);
  const from = cells[position.index - 1] ?? 0;
  const to = cells[position.index] ?? from;
  addCells(below, cellShards, cellCounts, 0, from, 1);
  addCells(below, cellShards, cellCounts, from, to, position.fraction);
  return below;
}

function addCells(
  sums: Float64Array,
  shards: Uint32Array,
  counts: Float64Array,
  from: number,
  to: number,
  weight: number,
): void {
  for (let cell = from; cell < to; cell++) {
    const shard = shards[cell] ?? 0;
    sums[shard] = (sums[shard] ?? 0) + weight * (counts[cell] ?? 0);
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
  let low = 0;
  let high = ranks.cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranks.cumulative[middle] ?? 0) >= rank) high = middle;
    else low = middle + 1;
  }
  const bucket = ranks.buckets[low] ?? 0;
  const before = ranks.cumulative[low - 1] ?? 0;
  const fraction = (rank - before) / ((ranks.cumulative[low] ?? 0) - before);
  // Buckets below 64 hold one integer each.
  const width = bucket < 64 ? 0 : 2 ** (Math.floor(bucket / 64) - 1);
  return {
    index: low,
    fraction,
    value: sketchValue(bucket) + (fraction - 0.5) * width,
  };
}
