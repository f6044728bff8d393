import type { Estimate } from "./estimate.ts";

/**
 * A rate over independent users with one trial each, with variance
 * p(1 − p)/n. Where users have several trials, a ratio estimate is right.
 *
 * @returns Null without trials.
 *
 * @example
 * ```ts
 * import { proportionEstimate } from "./proportion_estimate.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(proportionEstimate(1, 4), {
 *   users: 4,
 *   value: 0.25,
 *   variance: 0.046875,
 * });
 * ```
 */
export function proportionEstimate(
  successes: number,
  trials: number,
): Estimate | null {
  if (!(trials > 0)) return null;
  const value = successes / trials;
  return { users: trials, value, variance: value * (1 - value) / trials };
}
