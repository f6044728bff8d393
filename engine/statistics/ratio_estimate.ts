import type { Estimate } from "./estimate.ts";
import { exactRatio } from "./exact_ratio.ts";

/** What a ratio of two totals is estimated from: Σ runs over users. */
export interface RatioSums {
  readonly users: bigint;
  /** Σa */
  readonly numerator: bigint;
  /** Σb */
  readonly denominator: bigint;
  /** Σa² */
  readonly numeratorSquared: bigint;
  /** Σb² */
  readonly denominatorSquared: bigint;
  /** Σab */
  readonly product: bigint;
}

/**
 * A ratio R = Σa/Σb of two totals per user, by the delta method: successes
 * over assignments, cost over calls, cost over successes. Users are the
 * independent units, however many calls each of them makes.
 *
 * var R = [Σa² − 2RΣab + R²Σb²]·K/(K − 1)/(Σb)²
 *
 * The bracket is the sum of squared residuals (a − Rb)², and is computed in
 * integers: where every call succeeds it is exactly 0.
 *
 * Source: Deng, Knoblich and Lu (2018), Applying the delta method in metric
 * analytics; Cochran (1977), Sampling techniques, 6.4.
 *
 * @param scale The metric's unit for one unit of a over one unit of b.
 * @returns Null for fewer than two users, or where Σb is 0.
 *
 * @example
 * ```ts
 * import { ratioEstimate } from "./ratio_estimate.ts";
 * import assert from "node:assert/strict";
 *
 * // Two users: 1 success in 2 calls, and 3 successes in 3 calls.
 * const rate = ratioEstimate({
 *   users: 2n,
 *   numerator: 4n,
 *   denominator: 5n,
 *   numeratorSquared: 10n,
 *   denominatorSquared: 13n,
 *   product: 11n,
 * });
 * assert.equal(rate?.value, 0.8);
 * assert.equal(rate?.variance, 0.0576);
 * ```
 */
export function ratioEstimate(sums: RatioSums, scale = 1): Estimate | null {
  const { users, numerator: a, denominator: b } = sums;
  if (users < 2n || b === 0n) return null;
  const square = b * b;
  // (Σb)² times the sum of squared residuals.
  const residuals = sums.numeratorSquared * square -
    2n * a * b * sums.product + a * a * sums.denominatorSquared;
  return {
    users: Number(users),
    value: exactRatio(a, b) * scale,
    variance: exactRatio(residuals * users, square * square * (users - 1n)) *
      scale * scale,
  };
}
