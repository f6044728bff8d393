/**
 * The one-sided asymptotic confidence sequence in closed form, with a single
 * tuning N*: a published reference mode (GrowthBook's). It is slightly wider
 * than the one-sided mixture that it bounds, which the analysis takes.
 *
 * half-width = SE·√(2(φ + 1)/φ · ln(1 + √(φ + 1)/(2α))), φ = n·ρ²,
 * ρ² = (−2 ln 2α + ln(1 − 2 ln 2α))/N*
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024),
 * Time-uniform central limit theory and asymptotic confidence sequences,
 * appendix on one-sided sequences.
 *
 * @module
 */

/** The levels between which {@linkcode oneSidedMixturePValue} looks. */
const LEVELS = { smallest: 1e-5, largest: 0.4999 } as const;

/**
 * Half the width in standard errors.
 *
 * @param users Of both arms for a difference.
 * @param tuning N*, the users at which it is tightest.
 * @param alpha From 0 to 0.5, both excluded. Default 0.05.
 *
 * @example
 * ```ts
 * import { oneSidedMixtureMultiplier } from "./one_sided_mixture_bound.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(oneSidedMixtureMultiplier(6461, 5000).toFixed(4), "2.7801");
 * ```
 */
export function oneSidedMixtureMultiplier(
  users: number,
  tuning: number,
  alpha = 0.05,
): number {
  const phi = information(users, tuning, alpha);
  return Math.sqrt(
    2 * (phi + 1) / phi * Math.log1p(Math.sqrt(phi + 1) / (2 * alpha)),
  );
}

/**
 * The level at which the bound touches no effect, with ρ kept as it is at
 * `alpha`: the p-value against the alternative that the effect is above 0.
 * It is sought from 10⁻⁵ to 0.4999, as published.
 */
export function oneSidedMixturePValue(
  z: number,
  users: number,
  tuning: number,
  alpha = 0.05,
): number {
  if (z <= 0) return LEVELS.largest;
  const phi = information(users, tuning, alpha);
  const level = Math.sqrt(phi + 1) /
    (2 * Math.expm1(phi * z * z / (2 * (phi + 1))));
  return Math.min(LEVELS.largest, Math.max(LEVELS.smallest, level));
}

function information(users: number, tuning: number, alpha: number): number {
  const twice = -2 * Math.log(2 * alpha);
  return users * (twice + Math.log1p(twice)) / tuning;
}
