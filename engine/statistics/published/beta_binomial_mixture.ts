import { betaCdf, betaLn } from "../beta_distribution.ts";
import {
  type LogMixture,
  mixturePrecision,
  type MixtureTuning,
} from "./mixture_boundary.ts";

/** The two values that a step can take: −g and h. */
export interface TwoPoints {
  /** Above 0. */
  readonly g: number;
  /** Above 0. */
  readonly h: number;
}

/**
 * The beta–binomial mixture, for sub-Bernoulli sums: of steps from −g to h
 * with mean 0 and variance at most gh.
 *
 * Source: Howard et al. (2021), propositions 7 and 8.
 *
 * @param sides Default 1.
 *
 * @example
 * ```ts
 * import { betaBinomialMixture } from "./beta_binomial_mixture.ts";
 * import { mixtureBoundary } from "./mixture_boundary.ts";
 * import assert from "node:assert/strict";
 *
 * const mixture = betaBinomialMixture({ optimalTime: 100 }, { g: 0.2, h: 0.8 });
 * // No sum passes v/g.
 * assert.equal(mixtureBoundary(mixture, 100, 0.05, 100 / 0.2).toFixed(5), "28.41238");
 * ```
 */
export function betaBinomialMixture(
  tuning: MixtureTuning,
  { g, h }: TwoPoints,
  sides: 1 | 2 = 1,
): LogMixture {
  const rho = mixturePrecision(tuning, sides);
  const r = Math.max(rho - g * h, 1e-3 * g * h);
  const width = g + h;
  // One-sided, the mixture runs over rates above that of the null alone.
  const mass = (a: number, b: number): number =>
    sides === 2
      ? betaLn(a, b)
      : betaLn(a, b) + Math.log(betaCdf(h / width, a, b));
  const constant = mass(r / (g * width), r / (h * width));
  return (s, v) =>
    v / (g * h) * Math.log(width) -
    (v + h * s) / (h * width) * Math.log(g) -
    (v - g * s) / (g * width) * Math.log(h) +
    mass((r + v - g * s) / (g * width), (r + v + h * s) / (h * width)) -
    constant;
}
