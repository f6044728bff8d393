import { difference } from "./difference.ts";
import {
  type FixedHorizonOptions,
  type FixedHorizonTest,
  fixedHorizonTest,
} from "./fixed_horizon.ts";
import type { Estimate } from "./estimate.ts";

/** What {@linkcode welchTest} finds. */
export interface WelchTest extends FixedHorizonTest {
  /** treatment − control. */
  readonly difference: number;
  readonly degreesOfFreedom: number;
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
 * import { welchTest } from "./welch.ts";
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
  options: FixedHorizonOptions = {},
): WelchTest | null {
  const degreesOfFreedom = welchDegreesOfFreedom(control, treatment);
  if (degreesOfFreedom === null) return null;
  const test = fixedHorizonTest(
    difference(control, treatment),
    degreesOfFreedom,
    options,
  );
  return test && { ...test, difference: test.value, degreesOfFreedom };
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
