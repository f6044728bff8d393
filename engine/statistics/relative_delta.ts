import { relativeLift } from "./difference.ts";
import {
  type FixedHorizonOptions,
  type FixedHorizonTest,
  fixedHorizonTest,
} from "./fixed_horizon.ts";
import type { Estimate } from "./estimate.ts";
import { welchDegreesOfFreedom } from "./welch.ts";

/**
 * The lift (B − A)/|A| with its variance by the delta method:
 *
 * V_B/A² + V_A·B²/A⁴
 *
 * A published reference mode, and a good measure of precision. As a test it
 * can contradict the test of the difference; Fieller's interval cannot, and is
 * what an analysis reports.
 *
 * Source: Deng, Knoblich and Lu (2018), Applying the delta method in metric
 * analytics, 3.1.
 *
 * @returns Over the users of both arms; null where the control's value is 0.
 *
 * @example
 * ```ts
 * import { relativeDelta } from "./relative_delta.ts";
 * import assert from "node:assert/strict";
 *
 * const lift = relativeDelta(
 *   { users: 4, value: 7, variance: 2 / 4 },
 *   { users: 15, value: 5, variance: 0.5 / 15 },
 * );
 * assert.equal(lift?.variance.toFixed(5), "0.00589");
 * ```
 */
export function relativeDelta(
  control: Estimate,
  treatment: Estimate,
): Estimate | null {
  const value = relativeLift(control, treatment);
  if (value === null) return null;
  const ratio = treatment.value / control.value;
  const square = control.value * control.value;
  return {
    users: control.users + treatment.users,
    value,
    variance: treatment.variance / square +
      control.variance * ratio * ratio / square,
  };
}

/**
 * The t test of the lift with {@linkcode relativeDelta}'s variance and Welch's
 * degrees of freedom from the arms' own variances: a published reference mode
 * (GrowthBook's and PostHog's frequentist default).
 *
 * @returns Null where the control's value or the standard error is 0.
 */
export function relativeDeltaTest(
  control: Estimate,
  treatment: Estimate,
  options: FixedHorizonOptions = {},
): FixedHorizonTest | null {
  const lift = relativeDelta(control, treatment);
  const degreesOfFreedom = welchDegreesOfFreedom(control, treatment);
  return lift === null || degreesOfFreedom === null
    ? null
    : fixedHorizonTest(lift, degreesOfFreedom, options);
}
