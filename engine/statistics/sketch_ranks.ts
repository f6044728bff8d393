import { sketchValue } from "../sketch.ts";
import type { Sketch } from "./flag_statistics.ts";

/** A sketch, laid out for looking up ranks. */
export interface SketchRanks {
  /** Values in all, at least 1. */
  readonly count: number;
  /** In ascending order. */
  readonly buckets: readonly number[];
  /** Values up to and with each bucket. */
  readonly cumulative: readonly number[];
  /** Values by shard: the independent parts of the sample. */
  readonly shards: ReadonlyMap<number, number>;
  readonly sketch: Sketch;
}

/**
 * Lays out a sketch for looking up ranks, once for any number of quantiles.
 *
 * @returns Null for an empty sketch.
 */
export function sketchRanks(sketch: Sketch): SketchRanks | null {
  const buckets: number[] = [];
  const cumulative: number[] = [];
  const shards = new Map<number, number>();
  let count = 0;
  for (const [shard, bucket, values] of sketch) {
    count += values;
    shards.set(shard, (shards.get(shard) ?? 0) + values);
    if (buckets.at(-1) === bucket) cumulative[cumulative.length - 1] = count;
    else {
      buckets.push(bucket);
      cumulative.push(count);
    }
  }
  return count > 0 ? { count, buckets, cumulative, shards, sketch } : null;
}

/** Where a share of all values ends. */
export interface RankPosition {
  readonly bucket: number;
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
    bucket,
    fraction,
    value: sketchValue(bucket) + (fraction - 0.5) * width,
  };
}
