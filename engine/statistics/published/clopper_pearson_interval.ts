import { betaQuantile } from "../beta_quantile.ts";
import type { Interval } from "../interval.ts";

/**
 * The exact interval of a rate over independent trials: all rates under which
 * neither so few nor so many successes are rarer than alpha/2. A published
 * reference mode: its coverage is never below 1 − alpha, and often well above;
 * Wilson's is closer.
 *
 * Source: Clopper and Pearson (1934), The use of confidence or fiducial limits
 * illustrated in the case of the binomial.
 *
 * @param alpha 1 − confidence. Default 0.05.
 * @returns [0, 1] without trials.
 *
 * @example
 * ```ts
 * import { clopperPearsonInterval } from "./clopper_pearson_interval.ts";
 * import assert from "node:assert/strict";
 *
 * const { lower, upper } = clopperPearsonInterval(81, 263);
 * assert.equal(lower.toFixed(4), "0.2527");
 * assert.equal(upper.toFixed(4), "0.3676");
 * ```
 */
export function clopperPearsonInterval(
  successes: number,
  trials: number,
  alpha = 0.05,
): Interval {
  if (!(trials > 0)) return { lower: 0, upper: 1 };
  const failures = trials - successes;
  return {
    lower: successes === 0
      ? 0
      : betaQuantile(alpha / 2, successes, failures + 1),
    upper: failures === 0
      ? 1
      : 1 - betaQuantile(alpha / 2, failures, successes + 1),
  };
}
