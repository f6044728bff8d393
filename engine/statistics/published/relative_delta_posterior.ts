import type { Estimate } from "../estimate.ts";
import { type NormalBelief, normalPosterior } from "../normal_posterior.ts";
import { relativeDelta } from "../relative_delta.ts";

/**
 * The posterior of the lift (B − A)/|A| with the delta method's variance: a
 * published reference mode (GrowthBook's Bayesian default). Its chance to beat
 * the control can differ from what the test of the difference says; the
 * analysis takes the posterior of the difference.
 *
 * @param prior On the lift; null for a flat one.
 * @returns Null where the control's value is 0.
 *
 * @example
 * ```ts
 * import { chanceToBeat } from "../normal_posterior.ts";
 * import { proportionEstimate } from "../proportion_estimate.ts";
 * import { relativeDeltaPosterior } from "./relative_delta_posterior.ts";
 * import assert from "node:assert/strict";
 *
 * const control = proportionEstimate(49, 100);
 * const treatment = proportionEstimate(51, 100);
 * assert.ok(control !== null && treatment !== null);
 * const posterior = relativeDeltaPosterior(control, treatment, null);
 * assert.ok(posterior !== null);
 * assert.equal(chanceToBeat(posterior).toFixed(5), "0.60918");
 * ```
 */
export function relativeDeltaPosterior(
  control: Estimate,
  treatment: Estimate,
  prior: NormalBelief | null,
): NormalBelief | null {
  const lift = relativeDelta(control, treatment);
  return lift && normalPosterior(lift.value, lift.variance, prior);
}
