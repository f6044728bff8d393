import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal_distribution.ts";

/**
 * The score interval of a rate over independent trials:
 *
 * (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²))/(1 + z²/n)
 *
 * It keeps its coverage at small counts and at rates near 0 and 1, and never
 * leaves [0, 1]. Right when every user has one trial.
 *
 * Source: Wilson (1927), Probable inference, the law of succession, and
 * statistical inference.
 *
 * @param alpha 1 − confidence. Default 0.05.
 * @returns [0, 1] without trials.
 *
 * @example
 * ```ts
 * import { wilsonInterval } from "./wilson_interval.ts";
 * import assert from "node:assert/strict";
 *
 * const { lower, upper } = wilsonInterval(81, 263);
 * assert.equal(lower.toFixed(4), "0.2553");
 * assert.equal(upper.toFixed(4), "0.3662");
 * ```
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  alpha = 0.05,
): Interval {
  if (!(trials > 0)) return { lower: 0, upper: 1 };
  const z = -normalQuantile(alpha / 2);
  const p = successes / trials;
  const middle = p + z * z / (2 * trials);
  const half = z *
    Math.sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials));
  const scale = 1 + z * z / trials;
  return {
    // The exact ends, where rounding would miss them by a bit.
    lower: successes === 0 ? 0 : Math.max(0, (middle - half) / scale),
    upper: successes === trials ? 1 : Math.min(1, (middle + half) / scale),
  };
}
