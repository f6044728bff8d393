/**
 * Power, sample size and the least effect that can be found, for any test
 * that compares an estimate with a multiple of its standard error: at one
 * planned time (a normal quantile) or at every look (a confidence sequence's
 * multiplier).
 *
 * Source: Chow, Shao, Wang and Lokhnygina (2017), Sample size calculations in
 * clinical research, 3.2.
 *
 * @module
 */

import type { Estimate } from "./estimate.ts";
import { fiellerInterval } from "./fieller_interval.ts";
import {
  normalCdf,
  normalQuantile,
  normalUpperTail,
} from "./normal_distribution.ts";
import type { NormalBelief } from "./normal_posterior.ts";

/**
 * The chance that a two-sided test finds a true effect:
 * Φ(δ/SE − c) + Φ(−δ/SE − c).
 *
 * @param effect The true effect, in the unit of the standard error.
 * @param multiplier c, in standard errors.
 *
 * @example
 * ```ts
 * import { testPower } from "./power.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(testPower(2.8, 1, 1.96).toFixed(2), "0.80");
 * assert.equal(testPower(0, 1, 1.96).toFixed(2), "0.05");
 * ```
 */
export function testPower(
  effect: number,
  standardError: number,
  multiplier: number,
): number {
  if (standardError === 0) return effect === 0 ? 0 : 1;
  const z = Math.abs(effect) / standardError;
  return normalUpperTail(multiplier - z) + normalCdf(-multiplier - z);
}

/** The same for a one-sided test: Φ(δ/SE − c). */
export function oneSidedTestPower(
  effect: number,
  standardError: number,
  multiplier: number,
): number {
  if (standardError === 0) return effect > 0 ? 1 : 0;
  return normalUpperTail(multiplier - effect / standardError);
}

/**
 * The chance that the central credible interval of the posterior lies on one
 * side of 0, for a true effect δ of either sign.
 *
 * With data variance v and posterior precision P the interval excludes 0 when
 * the estimate passes ±v·√P·z − v·μ₀/σ₀².
 *
 * @param variance The squared standard error of the estimate.
 * @param prior Null for a flat prior: the power of the two-sided test.
 * @param alpha 1 − the interval's probability. Default 0.05.
 */
export function credibleIntervalPower(
  effect: number,
  variance: number,
  prior: NormalBelief | null,
  alpha = 0.05,
): number {
  const z = -normalQuantile(alpha / 2);
  const standardError = Math.sqrt(variance);
  if (prior === null) return testPower(effect, standardError, z);
  const priorVariance = prior.sd * prior.sd;
  const precision = 1 / variance + 1 / priorVariance;
  const half = variance * Math.sqrt(precision) * z;
  const shift = variance * prior.mean / priorVariance;
  return normalUpperTail((half - shift - effect) / standardError) +
    normalCdf((-half - shift - effect) / standardError);
}

/**
 * The least difference that a test finds with the wanted power:
 * (c + z_power)·SE.
 *
 * @param power From 0.5 to 1. Default 0.8.
 */
export function minimumDetectableDifference(
  standardError: number,
  multiplier: number,
  power = 0.8,
): number {
  return (multiplier + normalQuantile(power)) * standardError;
}

/**
 * The least positive lift that a test finds with the wanted power, where the
 * treatment's spread is that of the control: by Fieller's theorem, since the
 * error of a lift grows with the lift.
 *
 * @param control With the users that each arm will have.
 * @param power From 0.5 to 1. Default 0.8.
 * @returns Null where even a lift of any size might not be found.
 *
 * @example
 * ```ts
 * import { minimumDetectableLift } from "./power.ts";
 * import { proportionEstimate } from "./proportion_estimate.ts";
 * import assert from "node:assert/strict";
 *
 * const control = proportionEstimate(1000, 10000);
 * assert.ok(control !== null);
 * const lift = minimumDetectableLift(control, 1.96);
 * assert.equal(lift?.toFixed(3), "0.127");
 * ```
 */
export function minimumDetectableLift(
  control: Estimate,
  multiplier: number,
  power = 0.8,
): number | null {
  const c = multiplier + normalQuantile(power);
  const arm = { ...control, value: Math.abs(control.value) };
  return fiellerInterval(arm, arm, c)?.upper ?? null;
}

/** Options of {@linkcode sampleSize}. */
export interface SampleSizeOptions {
  /** The true difference to be found, in the metric's unit. */
  readonly effect: number;
  /** Of one user under the control. */
  readonly variance: number;
  /**
   * Of one user under the treatment.
   * @default {variance}
   */
  readonly treatmentVariance?: number;
  /**
   * Users of the treatment for each user of the control.
   * @default {1}
   */
  readonly ratio?: number;
  /**
   * Half the interval's width in standard errors.
   * @default {1.959964, for 95% at one look}
   */
  readonly multiplier?: number;
  /**
   * The chance to find the effect.
   * @default {0.8}
   */
  readonly power?: number;
}

/** Users that a comparison needs: not rounded. */
export interface SampleSize {
  readonly control: number;
  readonly treatment: number;
  readonly total: number;
}

/**
 * The users that a comparison of two means needs:
 * n_A = (c + z_power)²(s_A² + s_B²/r)/δ², n_B = r·n_A.
 *
 * @throws {RangeError} When the effect is 0.
 *
 * @example
 * ```ts
 * import { sampleSize } from "./power.ts";
 * import assert from "node:assert/strict";
 *
 * // From 10% to 11%.
 * const { control } = sampleSize({
 *   effect: 0.01,
 *   variance: 0.1 * 0.9,
 *   treatmentVariance: 0.11 * 0.89,
 * });
 * assert.equal(Math.ceil(control), 14749);
 * ```
 */
export function sampleSize(options: SampleSizeOptions): SampleSize {
  const {
    effect,
    variance,
    treatmentVariance = variance,
    ratio = 1,
    multiplier = -normalQuantile(0.025),
    power = 0.8,
  } = options;
  if (effect === 0) throw new RangeError("sampleSize: effect must not be 0");
  const control = (multiplier + normalQuantile(power)) ** 2 *
    (variance + treatmentVariance / ratio) / (effect * effect);
  return { control, treatment: ratio * control, total: (1 + ratio) * control };
}
