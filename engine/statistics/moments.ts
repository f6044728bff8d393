/**
 * Sample moments from exact integer sums. n·Σxy − Σx·Σy is computed in
 * integers, and only the result becomes a double: in doubles the two terms
 * cancel, and a variance may come out negative.
 *
 * Units are those of the sums: where sums are in tenths, the mean is in
 * tenths and the variance in hundredths.
 *
 * @module
 */

import { exactRatio } from "./exact_ratio.ts";

/** Σx/n, or 0 over nothing. */
export function sampleMean(n: bigint, sum: bigint): number {
  return n === 0n ? 0 : exactRatio(sum, n);
}

/**
 * (n·Σx² − (Σx)²)/(n(n − 1)), or 0 for fewer than two values.
 *
 * @example
 * ```ts
 * import { sampleVariance } from "./moments.ts";
 * import assert from "node:assert/strict";
 *
 * // 10⁹, 10⁹ + 1, 10⁹ + 2: in doubles the digits would be gone.
 * const x = [10n ** 9n, 10n ** 9n + 1n, 10n ** 9n + 2n];
 * const sum = x.reduce((a, b) => a + b);
 * const squares = x.reduce((a, b) => a + b * b, 0n);
 * assert.equal(sampleVariance(3n, sum, squares), 1);
 * ```
 */
export function sampleVariance(
  n: bigint,
  sum: bigint,
  sumOfSquares: bigint,
): number {
  return sampleCovariance(n, sum, sum, sumOfSquares);
}

/** (n·Σxy − Σx·Σy)/(n(n − 1)), or 0 for fewer than two pairs. */
export function sampleCovariance(
  n: bigint,
  sumX: bigint,
  sumY: bigint,
  sumOfProducts: bigint,
): number {
  if (n < 2n) return 0;
  return exactRatio(n * sumOfProducts - sumX * sumY, n * (n - 1n));
}
