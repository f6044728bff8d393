import { difference } from "./difference.ts";
import type { Estimate } from "./estimate.ts";
import { type NormalBelief, normalPosterior } from "./normal_posterior.ts";

/**
 * The posterior of the difference treatment − control, in the metric's unit,
 * from a prior on the relative lift: the prior is taken to the metric's scale
 * by the control's size, never the data to the relative scale. So the chance
 * to beat the control is above ½ exactly where the treatment's value is, and
 * agrees with the test of the difference. Divided by |control| it is the
 * posterior of the lift.
 *
 * @param prior On the lift (treatment − control)/|control|; null for a flat
 * one, which is also taken where the control's value is 0.
 *
 * @example
 * ```ts
 * import { differencePosterior } from "./difference_posterior.ts";
 * import { chanceToBeat } from "./normal_posterior.ts";
 * import assert from "node:assert/strict";
 *
 * const posterior = differencePosterior(
 *   { users: 500, value: 0.5, variance: 0.0005 },
 *   { users: 500, value: 0.55, variance: 0.0005 },
 *   { mean: 0, sd: 0.3 },
 * );
 * assert.equal(chanceToBeat(posterior).toFixed(3), "0.939");
 * ```
 */
export function differencePosterior(
  control: Estimate,
  treatment: Estimate,
  prior: NormalBelief | null,
): NormalBelief {
  const effect = difference(control, treatment);
  const size = Math.abs(control.value);
  return normalPosterior(
    effect.value,
    effect.variance,
    prior === null || size === 0
      ? null
      : { mean: prior.mean * size, sd: prior.sd * size },
  );
}
