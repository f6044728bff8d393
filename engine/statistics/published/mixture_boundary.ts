/**
 * Time-uniform boundaries from mixtures: reference modes, as published with
 * the package confseq. A sum S with intrinsic time V (its variance so far)
 * that is at most what its tail class allows crosses the boundary at any time
 * with a probability of at most alpha.
 *
 * Each file beside this one gives ln M(s, v), the logarithm of one
 * supermartingale; its boundary is the s where it reaches ln(1/alpha).
 *
 * Source: Howard, Ramdas, McAuliffe and Sekhon (2021), Time-uniform,
 * nonparametric, nonasymptotic confidence sequences.
 *
 * @module
 */

/** ln M as a function of the sum s and the intrinsic time v. */
export type LogMixture = (s: number, v: number) => number;

/** Where a mixture is tightest. */
export interface MixtureTuning {
  /** The intrinsic time at which the boundary is to be tightest, above 0. */
  readonly optimalTime: number;
  /**
   * The level that this is meant for.
   * @default {0.05}
   */
  readonly alpha?: number;
}

/**
 * The precision ρ of a normal mixture that is tightest at a time v:
 * v/(2 ln(1/α) + ln(1 + 2 ln(1/α))); one-sided mixtures take 2α for α.
 *
 * @example
 * ```ts
 * import { mixturePrecision } from "./mixture_boundary.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(mixturePrecision({ optimalTime: 100 }, 2).toFixed(5), "12.60056");
 * ```
 */
export function mixturePrecision(
  { optimalTime, alpha = 0.05 }: MixtureTuning,
  sides: 1 | 2,
): number {
  const twice = -2 * Math.log(sides === 1 ? 2 * alpha : alpha);
  return optimalTime / (twice + Math.log1p(twice));
}

/**
 * The boundary: the s ≥ 0 where ln M(s, v) reaches ln(1/alpha).
 *
 * @param largest The largest s there can be; it is the boundary where ln M
 * stays below. Default: none.
 */
export function mixtureBoundary(
  logMixture: LogMixture,
  v: number,
  alpha: number,
  largest = Infinity,
): number {
  const target = -Math.log(alpha);
  let high = Math.min(largest, Math.max(v, 1));
  while (high < largest && logMixture(high, v) < target) {
    high = Math.min(largest, 2 * high);
  }
  if (logMixture(high, v) < target) return high;
  let low = 0;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (logMixture(middle, v) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
