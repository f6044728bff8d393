/**
 * Variance reduction with a covariate (CUPED): the outcome less θ times a
 * covariate that the assignment cannot have changed, such as the same figure
 * of the same user before the experiment. A covariate that the treatment can
 * change makes the difference wrong: only what was fixed before assignment
 * will do.
 *
 * Source: Deng, Xu, Kohavi and Walker (2013), Improving the sensitivity of
 * online controlled experiments by utilizing pre-experiment data.
 *
 * @module
 */

import { exactRatio } from "./exact_ratio.ts";
import type { Estimate } from "./estimate.ts";
import { sampleCovariance, sampleMean, sampleVariance } from "./moments.ts";

/** The moments over one arm's users. */
export interface CupedArm {
  readonly users: number;
  readonly outcomeMean: number;
  readonly outcomeVariance: number;
  readonly covariateMean: number;
  readonly covariateVariance: number;
  readonly covariance: number;
  /** What variances divide by: n − 1 for means, n for proportions. */
  readonly divisor: "n-1" | "n";
}

/** Exact sums over one arm's users. */
export interface CupedSums {
  readonly users: bigint;
  readonly outcome: bigint;
  readonly outcomeSquared: bigint;
  readonly covariate: bigint;
  readonly covariateSquared: bigint;
  readonly product: bigint;
}

/** The moments of an outcome and a covariate of any kind. */
export function cupedMeanArm(sums: CupedSums): CupedArm {
  const { users: n, outcome, covariate } = sums;
  return {
    users: Number(n),
    outcomeMean: sampleMean(n, outcome),
    outcomeVariance: sampleVariance(n, outcome, sums.outcomeSquared),
    covariateMean: sampleMean(n, covariate),
    covariateVariance: sampleVariance(n, covariate, sums.covariateSquared),
    covariance: sampleCovariance(n, outcome, covariate, sums.product),
    divisor: "n-1",
  };
}

/** The moments of an outcome and a covariate that are both 0 or 1. */
export function cupedProportionArm(
  sums: Pick<CupedSums, "users" | "outcome" | "covariate" | "product">,
): CupedArm {
  const { users: n, outcome, covariate, product } = sums;
  const outcomeMean = sampleMean(n, outcome);
  const covariateMean = sampleMean(n, covariate);
  return {
    users: Number(n),
    outcomeMean,
    outcomeVariance: outcomeMean * (1 - outcomeMean),
    covariateMean,
    covariateVariance: covariateMean * (1 - covariateMean),
    covariance: n === 0n
      ? 0
      : exactRatio(n * product - outcome * covariate, n * n),
    divisor: "n",
  };
}

/**
 * θ = cov(Y, X)/var(X) over the users of all arms as one sample.
 *
 * @returns 0 where the covariate or the outcome does not vary.
 *
 * @example
 * ```ts
 * import { cupedMeanArm, cupedTheta } from "./cuped.ts";
 * import assert from "node:assert/strict";
 *
 * // The covariate 1, 2, 3 and an outcome of twice as much.
 * const arm = cupedMeanArm({
 *   users: 3n,
 *   outcome: 12n,
 *   outcomeSquared: 56n,
 *   covariate: 6n,
 *   covariateSquared: 14n,
 *   product: 28n,
 * });
 * assert.equal(cupedTheta([arm, arm]), 2);
 * ```
 */
export function cupedTheta(arms: readonly CupedArm[]): number {
  const total = arms.reduce((sum, arm) => sum + arm.users, 0);
  const mean = (of: (arm: CupedArm) => number): number =>
    arms.reduce((sum, arm) => sum + arm.users * of(arm), 0) / total;
  const outcomeMean = mean((arm) => arm.outcomeMean);
  const covariateMean = mean((arm) => arm.covariateMean);
  // Sums of squared deviations; what they would be divided by cancels.
  let outcome = 0;
  let covariate = 0;
  let product = 0;
  for (const arm of arms) {
    const within = arm.divisor === "n" ? arm.users : arm.users - 1;
    const y = arm.outcomeMean - outcomeMean;
    const x = arm.covariateMean - covariateMean;
    outcome += within * arm.outcomeVariance + arm.users * y * y;
    covariate += within * arm.covariateVariance + arm.users * x * x;
    product += within * arm.covariance + arm.users * x * y;
  }
  return covariate > 0 && outcome > 0 ? product / covariate : 0;
}

/**
 * The mean of Y − θ(X − center), with variance
 * (var Y − 2θ·cov + θ²·var X)/n.
 *
 * @param center The covariate's mean over all arms keeps the outcome's level;
 * any other moves all arms alike. Default 0.
 */
export function cupedEstimate(
  arm: CupedArm,
  theta: number,
  center = 0,
): Estimate {
  return {
    users: arm.users,
    value: arm.outcomeMean - theta * (arm.covariateMean - center),
    variance: (arm.outcomeVariance - 2 * theta * arm.covariance +
      theta * theta * arm.covariateVariance) / arm.users,
  };
}

/**
 * The adjusted difference over the control's unadjusted size, with its
 * variance by the delta method, which keeps the covariance of the control's
 * adjusted and unadjusted means: a published reference mode (GrowthBook's).
 *
 * @returns Null where the control's unadjusted mean is 0.
 */
export function cupedRelativeDelta(
  control: CupedArm,
  treatment: CupedArm,
  theta: number,
): Estimate | null {
  const base = control.outcomeMean;
  if (base === 0) return null;
  const a = cupedEstimate(control, theta);
  const b = cupedEstimate(treatment, theta);
  // The lift's slope in the control's outcome mean is −B/A², B unadjusted.
  const ratio = treatment.outcomeMean / base;
  const spread = ratio * ratio * control.outcomeVariance -
    2 * theta * ratio * control.covariance +
    theta * theta * control.covariateVariance;
  return {
    users: a.users + b.users,
    value: (b.value - a.value) / Math.abs(base),
    variance: (b.variance + spread / control.users) / (base * base),
  };
}
