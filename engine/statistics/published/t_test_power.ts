import { gammaLn } from "../gamma_functions.ts";
import { integrate } from "../gauss_legendre.ts";
import { normalUpperTail } from "../normal_distribution.ts";
import { tQuantile } from "../t_distribution.ts";

/** Options of {@linkcode tTestPower}. */
export interface TTestPowerOptions {
  /** The true difference of the means. */
  readonly effect: number;
  /** Standard deviation of one user, in both arms. @default {1} */
  readonly sd?: number;
  /** @default {0.05} */
  readonly alpha?: number;
  /** @default {2} */
  readonly sides?: 1 | 2;
}

/**
 * The power of Student's t test with equal arms, from the noncentral t
 * distribution: a published reference mode (R's power.t.test). As there, the
 * chance to call the effect in the wrong direction is left out.
 *
 * P(T > t) = ∫ Q(t·s − δ)·f(s) ds, with s the estimated over the true standard
 * deviation: √(χ²/df).
 *
 * Source: Johnson, Kotz and Balakrishnan (1995), Continuous univariate
 * distributions 2, 31.
 *
 * @param users Of each arm, at least 2.
 *
 * @example
 * ```ts
 * import { tTestPower } from "./t_test_power.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(tTestPower(20, { effect: 1 }).toFixed(7), "0.8689528");
 * ```
 */
export function tTestPower(users: number, options: TTestPowerOptions): number {
  const { effect, sd = 1, alpha = 0.05, sides = 2 } = options;
  const df = 2 * users - 2;
  const threshold = -tQuantile(alpha / sides, df);
  const shift = Math.sqrt(users / 2) * Math.abs(effect) / sd;
  const constant = Math.LN2 + df / 2 * Math.log(df / 2) - gammaLn(df / 2);
  // s has mean about 1 and spread about 1/√(2 df).
  const spread = 1 / Math.sqrt(2 * df);
  const bounds = [-9, -6, -4, -2, 0, 2, 4, 6, 9, 14]
    .map((z) => Math.max(0, 1 + z * spread));
  return integrate((s) => {
    if (s === 0) return 0;
    const density = Math.exp(
      constant + (df - 1) * Math.log(s) - df / 2 * s * s,
    );
    return density * normalUpperTail(threshold * s - shift);
  }, bounds);
}

/**
 * The users of each arm with which {@linkcode tTestPower} reaches a power: not
 * rounded.
 *
 * @throws {RangeError} When the effect is 0.
 */
export function tTestSampleSize(
  power: number,
  options: TTestPowerOptions,
): number {
  if (options.effect === 0) {
    throw new RangeError("tTestSampleSize: the effect must not be 0");
  }
  let low = 1 + 1e-9;
  let high = 4;
  while (tTestPower(high, options) < power) high *= 2;
  while (high - low > 1e-10 * high) {
    const middle = (low + high) / 2;
    if (tTestPower(middle, options) < power) low = middle;
    else high = middle;
  }
  return high;
}
