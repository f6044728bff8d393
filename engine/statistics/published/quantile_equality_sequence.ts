import { betaBinomialMixture } from "./beta_binomial_mixture.ts";

/** Options of {@linkcode quantileEqualityPValue}. */
export interface QuantileEqualityOptions {
  /** The quantile's level, from 0 to 1, both excluded. */
  readonly share: number;
  /** Values per arm at which the test is to be sharpest. */
  readonly optimalTime: number;
  /** The level that this is meant for. @default {0.05} */
  readonly tuningAlpha?: number;
}

/**
 * The always-valid p-value that two arms have the same quantile, for
 * independent values and without any approximation: a published reference
 * mode (confseq's). It is far more cautious than the interval of sketches,
 * and wrong where users have several values.
 *
 * For every x that both quantiles might be, each arm's beta–binomial mixture
 * weighs the number of its values below x; p is one over their least product.
 *
 * Source: Howard and Ramdas (2022), Sequential estimation of quantiles with
 * applications to A/B testing and best-arm identification, theorem 4.
 *
 * @param control Values, in any order; at least one.
 *
 * @example
 * ```ts
 * import { quantileEqualityPValue } from "./quantile_equality_sequence.ts";
 * import assert from "node:assert/strict";
 *
 * const control = Array.from({ length: 1000 }, (_, i) => i);
 * const p = quantileEqualityPValue(control, control.map((x) => x + 100), {
 *   share: 0.5,
 *   optimalTime: 100,
 * });
 * assert.equal(p.toFixed(7), "0.0054947");
 * ```
 */
export function quantileEqualityPValue(
  control: readonly number[],
  treatment: readonly number[],
  options: QuantileEqualityOptions,
): number {
  const { share, optimalTime, tuningAlpha = 0.05 } = options;
  const variance = share * (1 - share);
  const mixture = betaBinomialMixture(
    { optimalTime: optimalTime * variance, alpha: tuningAlpha },
    { g: share, h: 1 - share },
    2,
  );
  const arms = [control, treatment].map((values) => {
    const sorted = Float64Array.from(values).sort();
    const count = sorted.length;
    const log = (below: number): number =>
      mixture((below - share) * count, variance * count);
    const least = minimizer(log);
    return (x: number): number => {
      // Values equal to x may stand on either side of it.
      const from = countBelow(sorted, x, false) / count;
      const to = countBelow(sorted, x, true) / count;
      return log(Math.min(to, Math.max(from, least)));
    };
  });
  let lowest = Infinity;
  for (const x of [...control, ...treatment]) {
    lowest = Math.min(lowest, arms.reduce((sum, arm) => sum + arm(x), 0));
  }
  return Math.min(1, Math.exp(-lowest));
}

/** The least point of a function that falls and then rises on [0, 1]. */
function minimizer(f: (x: number) => number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 100; i++) {
    const left = low + (high - low) / 3;
    const right = high - (high - low) / 3;
    if (f(left) <= f(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** Values below x, or up to x. */
function countBelow(
  sorted: Float64Array,
  x: number,
  inclusive: boolean,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? Infinity;
    if (value < x || (inclusive && value === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}
