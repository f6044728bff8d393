import {
  type LogMixture,
  mixturePrecision,
  type MixtureTuning,
} from "./mixture_boundary.ts";
import { normalLogCdf } from "../normal_distribution.ts";

/**
 * The mixture for sub-Gaussian sums over normal effects of both signs:
 *
 * ln M = ½ ln(ρ/(v + ρ)) + s²/(2(v + ρ))
 *
 * or, one-sided, over positive ones: ½ ln(4ρ/(v + ρ)) + s²/(2(v + ρ)) +
 * ln Φ(s/√(v + ρ)).
 *
 * Source: Howard et al. (2021), propositions 5 and 6.
 *
 * @param sides Default 1.
 *
 * @example
 * ```ts
 * import { mixtureBoundary } from "./mixture_boundary.ts";
 * import { normalMixture } from "./normal_mixture.ts";
 * import assert from "node:assert/strict";
 *
 * const mixture = normalMixture({ optimalTime: 100 });
 * assert.equal(mixtureBoundary(mixture, 100, 0.05).toFixed(5), "27.66071");
 * ```
 */
export function normalMixture(
  tuning: MixtureTuning,
  sides: 1 | 2 = 1,
): LogMixture {
  const rho = mixturePrecision(tuning, sides);
  return (s, v) => {
    const sum = v + rho;
    const both = Math.log(rho / sum) / 2 + s * s / (2 * sum);
    return sides === 2
      ? both
      : both + Math.LN2 + normalLogCdf(s / Math.sqrt(sum));
  };
}
