import { difference } from "./difference.ts";
import type { Estimate } from "./estimate.ts";
import { estimateInterval } from "./estimate_interval.ts";
import type { Interval } from "./interval.ts";
import { tCdf, tQuantile, tUpperTail } from "./t_distribution.ts";

/** Which differences count as evidence against none. */
export type Alternative = "two-sided" | "greater" | "less";

/** Options of {@linkcode welchTest}. */
export interface WelchTestOptions {
  /**
   * 1 − confidence.
   * @default {0.05}
   */
  readonly alpha?: number;
  /**
   * "greater": the treatment's value is above the control's.
   * @default {"two-sided"}
   */
  readonly alternative?: Alternative;
}

/** What {@linkcode welchTest} finds. */
export interface WelchTest {
  /** treatment − control. */
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** The t quantile of the interval: half its width in standard errors. */
  readonly multiplier: number;
  readonly pValue: number;
  /**
   * difference ± multiplier·SE. For a one-sided alternative only the end
   * towards no difference is a bound at 1 − alpha.
   */
  readonly interval: Interval;
}

/**
 * Welch's t test of the difference of two means, at one time chosen before:
 *
 * df = (V_A + V_B)²/(V_A²/(n_A − 1) + V_B²/(n_B − 1)), V the squared standard
 * errors of the arms.
 *
 * Source: Welch (1947), The generalization of Student's problem when several
 * different population variances are involved.
 *
 * @returns Null where the standard error is 0 or an arm has fewer than two
 * users.
 *
 * @example
 * ```ts
 * import { welchTest } from "./welch_test.ts";
 * import assert from "node:assert/strict";
 *
 * const test = welchTest(
 *   { users: 100, value: 5, variance: 0.02 },
 *   { users: 100, value: 5.5, variance: 0.03 },
 * );
 * assert.equal(test?.pValue.toFixed(4), "0.0265");
 * ```
 */
export function welchTest(
  control: Estimate,
  treatment: Estimate,
  options: WelchTestOptions = {},
): WelchTest | null {
  const { alpha = 0.05, alternative = "two-sided" } = options;
  const degreesOfFreedom = welchDegreesOfFreedom(control, treatment);
  if (degreesOfFreedom === null) return null;
  const effect = difference(control, treatment);
  const standardError = Math.sqrt(effect.variance);
  const tail = alternative === "two-sided" ? alpha / 2 : alpha;
  const multiplier = -tQuantile(tail, degreesOfFreedom);
  const t = effect.value / standardError;
  return {
    difference: effect.value,
    standardError,
    degreesOfFreedom,
    multiplier,
    pValue: tPValue(t, degreesOfFreedom, alternative),
    interval: estimateInterval(effect, multiplier),
  };
}

/**
 * The degrees of freedom of {@linkcode welchTest}, by Welch and Satterthwaite.
 *
 * @returns Null where both variances are 0 or an arm has fewer than two users.
 */
export function welchDegreesOfFreedom(
  control: Estimate,
  treatment: Estimate,
): number | null {
  if (control.users < 2 || treatment.users < 2) return null;
  const sum = control.variance + treatment.variance;
  if (!(sum > 0)) return null;
  // As shares of the sum: squares of tiny variances are no doubles.
  const a = control.variance / sum;
  const b = treatment.variance / sum;
  return 1 / (a * a / (control.users - 1) + b * b / (treatment.users - 1));
}

/** The p-value of a t statistic. */
export function tPValue(
  t: number,
  degreesOfFreedom: number,
  alternative: Alternative,
): number {
  switch (alternative) {
    case "greater":
      return tUpperTail(t, degreesOfFreedom);
    case "less":
      return tCdf(t, degreesOfFreedom);
    case "two-sided":
      return 2 * tUpperTail(Math.abs(t), degreesOfFreedom);
  }
}
