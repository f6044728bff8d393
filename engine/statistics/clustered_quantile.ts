import type { Estimate } from "./estimate.ts";
import type { Interval } from "./interval.ts";
import { normalQuantile, normalUpperTail } from "./normal_distribution.ts";
import { rankPosition, type SketchRanks, valuesBelow } from "./sketch_ranks.ts";
import { tQuantile, tUpperTail } from "./t_distribution.ts";

/** Beyond this no p-value is a double. */
export const LARGEST_Z = 37;

/** A quantile of a sketch, and how well its rank is known. */
export interface ClusteredQuantile {
  /** From 0 to 1: 0.95 for the 95th percentile. */
  readonly share: number;
  /** In the sketch's unit. */
  readonly value: number;
  /** Standard error of the share of values below `value`, from 0 to 1. */
  readonly rankError: number;
  readonly ranks: SketchRanks;
}

/**
 * A quantile of values that come in clusters: many calls of one user. Users
 * are spread over shards by a hash, so shards are independent, and how much
 * the share of values below the quantile varies between them says how well
 * its rank is known:
 *
 * SE = √(B/(B − 1) · Σ(I_b − q·n_b)²)/n
 *
 * over B shards with n_b values, I_b of them below the quantile. Where users
 * make many calls, the formula for independent values is far too small.
 *
 * Source: Woodruff (1952), Confidence intervals for medians and other
 * position measures; Särndal, Swensson and Wretman (1992), Model assisted
 * survey sampling, 5.11.
 *
 * @param share q, from 0 to 1.
 *
 * @example
 * ```ts
 * import { clusteredQuantile } from "./clustered_quantile.ts";
 * import { sketchFrom } from "./sketch_cells.ts";
 * import { sketchRanks } from "./sketch_ranks.ts";
 * import assert from "node:assert/strict";
 *
 * // Two shards with the values 10, 20, 30 and 40 between them.
 * const ranks = sketchRanks(
 *   sketchFrom([[0, 10, 1], [1, 20, 1], [0, 30, 1], [1, 40, 1]]),
 * );
 * assert.ok(ranks !== null);
 * assert.equal(clusteredQuantile(ranks, 0.5).value, 20);
 * ```
 */
export function clusteredQuantile(
  ranks: SketchRanks,
  share: number,
): ClusteredQuantile {
  const position = rankPosition(ranks, share);
  const below = valuesBelow(ranks, position);
  const { shards, shardCounts } = ranks;
  let squares = 0;
  shardCounts.forEach((count, shard) => {
    squares += ((below[shard] ?? 0) - share * count) ** 2;
  });
  return {
    share,
    value: position.value,
    rankError: shards < 2
      ? 0
      : Math.sqrt(squares * shards / (shards - 1)) / ranks.count,
    ranks,
  };
}

/**
 * The interval of a quantile: the quantiles at ranks q ± c·SE, where c is the
 * multiplier widened as Student's t is against the normal, since the standard
 * error is itself estimated from a few dozen shards.
 *
 * @param multiplier For unlimited data: 1.96, or a confidence sequence's over
 * the users of the arm, or of both arms for a difference.
 * @returns Null with fewer than two shards, or where the upper rank passes 1:
 * the quantile may then be above every value seen.
 */
export function quantileInterval(
  quantile: ClusteredQuantile,
  multiplier: number,
): Interval | null {
  return quantileBounds(
    quantile,
    studentMultiplier(multiplier, quantile.ranks.shards),
  );
}

/** {@linkcode quantileInterval} for a multiplier that is widened already. */
export function quantileBounds(
  quantile: ClusteredQuantile,
  multiplier: number,
): Interval | null {
  return hasBounds(quantile, multiplier)
    ? {
      lower: lowerBound(quantile, multiplier),
      upper: upperBound(quantile, multiplier),
    }
    : null;
}

/** Whether there is an interval for a multiplier that is widened already. */
export function hasBounds(
  { share, rankError, ranks }: ClusteredQuantile,
  multiplier: number,
): boolean {
  return ranks.shards >= 2 && share + multiplier * rankError < 1;
}

/** Where it begins. */
export function lowerBound(
  { share, rankError, ranks }: ClusteredQuantile,
  multiplier: number,
): number {
  const rank = share - multiplier * rankError;
  // No value is below 0, so 0 is a bound whatever the rank.
  return rank <= 0 ? 0 : rankPosition(ranks, rank).value;
}

/** Where it ends. */
export function upperBound(
  { share, rankError, ranks }: ClusteredQuantile,
  multiplier: number,
): number {
  return rankPosition(ranks, share + multiplier * rankError).value;
}

/** The t quantile with the tail that a normal multiplier has. */
export function studentMultiplier(multiplier: number, shards: number): number {
  return multiplier > 0 && shards > 1
    ? -tQuantile(normalUpperTail(multiplier), shards - 1)
    : 0;
}

/** The normal multiplier with the tail that a t quantile has. */
export function normalMultiplier(multiplier: number, shards: number): number {
  const tail = shards > 1 ? tUpperTail(multiplier, shards - 1) : 0.5;
  return tail > 0 ? -normalQuantile(tail) : LARGEST_Z;
}

/**
 * A quantile as an estimate, with the variance that its 95% interval implies:
 * for a posterior, or for how much traffic is missing. Tests take
 * `quantileDifference`, which keeps the interval's asymmetry.
 *
 * @param users Users behind the values.
 */
export function quantileEstimate(
  quantile: ClusteredQuantile,
  users: number,
): Estimate | null {
  const z = -normalQuantile(0.025);
  const interval = quantileInterval(quantile, z);
  if (interval === null) return null;
  const error = (interval.upper - interval.lower) / (2 * z);
  return { users, value: quantile.value, variance: error * error };
}
