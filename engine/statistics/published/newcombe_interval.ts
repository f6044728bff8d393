import type { Interval } from "../interval.ts";
import { wilsonInterval } from "../wilson_interval.ts";

/**
 * The interval of the difference of two rates over independent trials,
 * treatment − control, from the Wilson intervals of both: a published
 * reference mode, right at small counts and at rates of 0 and 1. Where users
 * have several trials, a ratio estimate is right.
 *
 * lower = d − √((p_B − l_B)² + (u_A − p_A)²), upper = d + √((u_B − p_B)² +
 * (p_A − l_A)²)
 *
 * Source: Newcombe (1998), Interval estimation for the difference between
 * independent proportions, method 10.
 *
 * @param control [successes, trials]
 * @param treatment [successes, trials]
 * @param alpha 1 − confidence. Default 0.05.
 * @returns [−1, 1] where an arm has no trials.
 *
 * @example
 * ```ts
 * import { newcombeInterval } from "./newcombe_interval.ts";
 * import assert from "node:assert/strict";
 *
 * const { lower, upper } = newcombeInterval([48, 80], [56, 70]);
 * assert.equal(lower.toFixed(4), "0.0524");
 * assert.equal(upper.toFixed(4), "0.3339");
 * ```
 */
export function newcombeInterval(
  control: readonly [successes: number, trials: number],
  treatment: readonly [successes: number, trials: number],
  alpha = 0.05,
): Interval {
  const [a, b] = [control, treatment].map(([successes, trials]) => ({
    rate: trials > 0 ? successes / trials : NaN,
    bounds: wilsonInterval(successes, trials, alpha),
  }));
  if (!a || !b || Number.isNaN(a.rate) || Number.isNaN(b.rate)) {
    return { lower: -1, upper: 1 };
  }
  const difference = b.rate - a.rate;
  return {
    lower: difference -
      Math.hypot(b.rate - b.bounds.lower, a.bounds.upper - a.rate),
    upper: difference +
      Math.hypot(b.bounds.upper - b.rate, a.rate - a.bounds.lower),
  };
}
