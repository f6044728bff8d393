import { difference } from "../difference.ts";
import {
  type FixedHorizonOptions,
  type FixedHorizonTest,
  fixedHorizonTest,
} from "../fixed_horizon.ts";
import type { Estimate } from "../estimate.ts";

/**
 * The test of the difference of two estimates against the normal
 * distribution, with unpooled variances (Wald): a published reference mode
 * (Spotify's default). For two proportions the interval is the usual one
 * beside a χ² test.
 *
 * @returns Null where the standard error is 0.
 *
 * @example
 * ```ts
 * import { proportionEstimate } from "../proportion_estimate.ts";
 * import { zTest } from "./wald.ts";
 * import assert from "node:assert/strict";
 *
 * const control = proportionEstimate(42, 104);
 * const treatment = proportionEstimate(500, 1009);
 * assert.ok(control !== null && treatment !== null);
 * assert.equal(zTest(control, treatment)?.interval.upper.toFixed(6), "0.190913");
 * ```
 */
export function zTest(
  control: Estimate,
  treatment: Estimate,
  options: FixedHorizonOptions = {},
): FixedHorizonTest | null {
  return fixedHorizonTest(difference(control, treatment), null, options);
}
