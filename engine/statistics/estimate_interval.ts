import type { Estimate } from "./estimate.ts";
import type { Interval } from "./interval.ts";

/**
 * value ± multiplier·SE.
 *
 * @param multiplier In standard errors: a normal or t quantile for one look
 * at a fixed time, a confidence sequence's for any number of looks.
 *
 * @example
 * ```ts
 * import { estimateInterval } from "./estimate_interval.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(
 *   estimateInterval({ value: 10, variance: 4 }, 3),
 *   { lower: 4, upper: 16 },
 * );
 * ```
 */
export function estimateInterval(
  estimate: Pick<Estimate, "value" | "variance">,
  multiplier: number,
): Interval {
  const half = multiplier * Math.sqrt(estimate.variance);
  return { lower: estimate.value - half, upper: estimate.value + half };
}
