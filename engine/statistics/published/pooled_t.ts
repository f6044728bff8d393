import { difference } from "../difference.ts";
import {
  type FixedHorizonOptions,
  type FixedHorizonTest,
  fixedHorizonTest,
} from "../fixed_horizon.ts";
import type { Estimate } from "../estimate.ts";

/**
 * Student's t test of the difference of two means with one pooled variance
 * and n_A + n_B − 2 degrees of freedom: a published reference mode (ExpAn's).
 * Right where both arms spread alike; Welch's test needs no such assumption.
 *
 * Source: Student (1908), The probable error of a mean.
 *
 * @returns Null where the pooled variance is 0, or with fewer than two users
 * in either arm.
 *
 * @example
 * ```ts
 * import { pooledTTest } from "./pooled_t.ts";
 * import assert from "node:assert/strict";
 *
 * const test = pooledTTest(
 *   { users: 3, value: 3, variance: 1 / 3 },
 *   { users: 3, value: 2, variance: 1 / 3 },
 * );
 * assert.equal(test?.pValue.toFixed(4), "0.2879");
 * ```
 */
export function pooledTTest(
  control: Estimate,
  treatment: Estimate,
  options: FixedHorizonOptions = {},
): FixedHorizonTest | null {
  const { users: a } = control;
  const { users: b } = treatment;
  if (a < 2 || b < 2) return null;
  const degreesOfFreedom = a + b - 2;
  const pooled = ((a - 1) * a * control.variance +
    (b - 1) * b * treatment.variance) / degreesOfFreedom;
  return fixedHorizonTest(
    {
      value: difference(control, treatment).value,
      variance: pooled * (1 / a + 1 / b),
    },
    degreesOfFreedom,
    options,
  );
}
