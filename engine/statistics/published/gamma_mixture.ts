/**
 * One-sided mixtures for sums with tails heavier than normal, with a scale c.
 *
 * Source: Howard et al. (2021), propositions 9 and 10.
 *
 * @module
 */

import { gammaLn, gammaLowerLn, gammaUpperLn } from "../gamma_functions.ts";
import {
  type LogMixture,
  mixturePrecision,
  type MixtureTuning,
} from "./mixture_boundary.ts";

/**
 * The gamma–exponential mixture, for sub-exponential sums.
 *
 * @param scale c, above 0: steps beyond about c have exponential tails.
 *
 * @example
 * ```ts
 * import { gammaExponentialMixture } from "./gamma_mixture.ts";
 * import { mixtureBoundary } from "./mixture_boundary.ts";
 * import assert from "node:assert/strict";
 *
 * const mixture = gammaExponentialMixture({ optimalTime: 100 }, 2);
 * assert.equal(mixtureBoundary(mixture, 100, 0.05).toFixed(5), "33.02017");
 * ```
 */
export function gammaExponentialMixture(
  tuning: MixtureTuning,
  scale: number,
): LogMixture {
  const square = scale * scale;
  const prior = mixturePrecision(tuning, 1) / square;
  const constant = prior * Math.log(prior) - gammaLn(prior) -
    gammaLowerLn(prior, prior);
  return (s, v) => {
    const time = v / square;
    const shape = time + prior;
    const rate = s / scale + time + prior;
    return constant + gammaLn(shape) + gammaLowerLn(shape, rate) -
      shape * Math.log(rate) + rate - prior;
  };
}

/**
 * The gamma–Poisson mixture, for sub-Poisson sums: of steps that are at most
 * c above their mean.
 *
 * @param scale c, above 0.
 *
 * @example
 * ```ts
 * import { gammaPoissonMixture } from "./gamma_mixture.ts";
 * import { mixtureBoundary } from "./mixture_boundary.ts";
 * import assert from "node:assert/strict";
 *
 * const mixture = gammaPoissonMixture({ optimalTime: 100 }, 2);
 * assert.equal(mixtureBoundary(mixture, 100, 0.05).toFixed(4), "30.1949");
 * ```
 */
export function gammaPoissonMixture(
  tuning: MixtureTuning,
  scale: number,
): LogMixture {
  const square = scale * scale;
  const prior = mixturePrecision(tuning, 1) / square;
  const constant = prior * Math.log(prior) - gammaLn(prior) -
    gammaUpperLn(prior, prior);
  return (s, v) => {
    const rate = v / square + prior;
    const shape = s / scale + rate;
    return constant + gammaLn(shape) + gammaUpperLn(shape, rate) -
      shape * Math.log(rate) + v / square;
  };
}
