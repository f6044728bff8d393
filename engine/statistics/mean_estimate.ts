import type { Estimate } from "./estimate.ts";
import { sampleMean, sampleVariance } from "./moments.ts";

/** What the mean of one total per user is estimated from. */
export interface MeanSums {
  /** Users, those with a total of 0 among them. */
  readonly users: bigint;
  /** Σx over users. */
  readonly sum: bigint;
  /** Σx² over users. */
  readonly sumOfSquares: bigint;
}

/**
 * The mean of one total per user, with variance s²/K.
 *
 * @param scale The metric's unit for one unit of the sums: 1e-9 for dollars
 * from 10⁻⁹ dollars.
 * @returns Null for fewer than two users.
 *
 * @example
 * ```ts
 * import { meanEstimate } from "./mean_estimate.ts";
 * import assert from "node:assert/strict";
 *
 * // Three users who cost 1, 2 and 3 millionths of a dollar.
 * assert.deepEqual(
 *   meanEstimate({ users: 3n, sum: 6n, sumOfSquares: 14n }, 1e-6)?.value,
 *   2e-6,
 * );
 * ```
 */
export function meanEstimate(sums: MeanSums, scale = 1): Estimate | null {
  const { users, sum, sumOfSquares } = sums;
  if (users < 2n) return null;
  return {
    users: Number(users),
    value: sampleMean(users, sum) * scale,
    variance: sampleVariance(users, sum, sumOfSquares) / Number(users) *
      scale * scale,
  };
}
