import type { Interval } from "../interval.ts";
import { normalQuantile } from "../normal_distribution.ts";

/**
 * The interval of an effect that goes with an adjusted p-value: the standard
 * error is taken to be the one for which a z test gives that p-value, so that
 * the interval holds 0 exactly where the adjusted p-value is above alpha. A
 * published reference mode (GrowthBook's).
 *
 * @param adjustedPValue Above 0, and below 1.
 * @param alpha 1 − confidence. Default 0.05.
 * @returns Null for an effect of 0, or a p-value of 0 or 1.
 *
 * @example
 * ```ts
 * import { adjustedInterval } from "./adjusted_interval.ts";
 * import assert from "node:assert/strict";
 *
 * const interval = adjustedInterval(0.1, 0.05);
 * assert.equal(interval?.lower.toFixed(9), "0.000000000");
 * assert.equal(interval?.upper.toFixed(9), "0.200000000");
 * ```
 */
export function adjustedInterval(
  effect: number,
  adjustedPValue: number,
  alpha = 0.05,
): Interval | null {
  if (effect === 0 || !(adjustedPValue > 0 && adjustedPValue < 1)) return null;
  const half = Math.abs(effect) * normalQuantile(alpha / 2) /
    normalQuantile(adjustedPValue / 2);
  return { lower: effect - half, upper: effect + half };
}
