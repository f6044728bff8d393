import type { Estimate } from "./estimate.ts";

/**
 * The difference treatment − control of two independent arms: variances add,
 * and it is over the users of both.
 *
 * @example
 * ```ts
 * import { difference } from "./difference.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(
 *   difference(
 *     { users: 10, value: 5, variance: 1 },
 *     { users: 20, value: 7, variance: 3 },
 *   ),
 *   { users: 30, value: 2, variance: 4 },
 * );
 * ```
 */
export function difference(control: Estimate, treatment: Estimate): Estimate {
  return {
    users: control.users + treatment.users,
    value: treatment.value - control.value,
    variance: control.variance + treatment.variance,
  };
}

/** A value in standard errors, or null where the standard error is 0. */
export function zScore(
  estimate: Pick<Estimate, "value" | "variance">,
): number | null {
  return estimate.variance > 0
    ? estimate.value / Math.sqrt(estimate.variance)
    : null;
}

/** (treatment − control)/|control|, or null where the control's value is 0. */
export function relativeLift(
  control: Pick<Estimate, "value">,
  treatment: Pick<Estimate, "value">,
): number | null {
  return control.value === 0
    ? null
    : (treatment.value - control.value) / Math.abs(control.value);
}
