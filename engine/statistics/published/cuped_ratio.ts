/**
 * Variance reduction for a ratio of totals: R_post − θ·R_pre, with the delta
 * method over the four means of each arm: numerator and denominator, during
 * and before the experiment. A published reference mode (GrowthBook's).
 *
 * Source: Deng, Xu, Kohavi and Walker (2013), Improving the sensitivity of
 * online controlled experiments by utilizing pre-experiment data, appendix B.
 *
 * @module
 */

import type { Estimate } from "../estimate.ts";

/**
 * The order of an arm's four totals per user: numerator and denominator
 * during the experiment, then before it.
 */
const PARTS = 4;

/** The moments of an arm's four totals per user. */
export interface CupedRatioArm {
  readonly users: number;
  readonly means: readonly number[];
  /** With n − 1; symmetric. */
  readonly covariances: readonly (readonly number[])[];
}

/**
 * An arm's moments from sums over users.
 *
 * @param sums Numerator and denominator during, then before the experiment.
 * @param products Σ of the product of any two of them: products[i][j].
 */
export function cupedRatioArm(
  users: number,
  sums: readonly number[],
  products: readonly (readonly number[])[],
): CupedRatioArm {
  return {
    users,
    means: sums.map((sum) => sum / users),
    covariances: products.map((row, i) =>
      row.map((product, j) =>
        (product - (sums[i] ?? 0) * (sums[j] ?? 0) / users) / (users - 1)
      )
    ),
  };
}

/** An arm's moments from its users' totals, one row for each user. */
export function cupedRatioArmOf(
  rows: readonly (readonly number[])[],
): CupedRatioArm {
  const parts = Array.from({ length: PARTS }, (_, i) => i);
  const means = parts.map((i) =>
    rows.reduce((sum, row) => sum + (row[i] ?? 0), 0) / rows.length
  );
  const covariances = parts.map((i) =>
    parts.map((j) =>
      rows.reduce((sum, row) =>
        sum + ((row[i] ?? 0) - (means[i] ?? 0)) *
          ((row[j] ?? 0) - (means[j] ?? 0)), 0) / (rows.length - 1)
    )
  );
  return { users: rows.length, means, covariances };
}

/**
 * θ = Σ cov(R_post, R_pre)/Σ var(R_pre) over both arms.
 *
 * @returns 0 where the ratio before does not vary.
 */
export function cupedRatioTheta(
  control: CupedRatioArm,
  treatment: CupedRatioArm,
): number {
  let covariance = 0;
  let variance = 0;
  for (const arm of [control, treatment]) {
    const post = gradient(arm, 1, 0);
    const pre = gradient(arm, 0, 1);
    covariance += form(arm, post, pre);
    variance += form(arm, pre, pre);
  }
  return variance > 0 ? covariance / variance : 0;
}

/** The adjusted ratio R_post − θ·R_pre of one arm. */
export function cupedRatioEstimate(
  arm: CupedRatioArm,
  theta: number,
): Estimate {
  const slope = gradient(arm, 1, -theta);
  return {
    users: arm.users,
    value: ratio(arm, 0) - theta * ratio(arm, 2),
    variance: form(arm, slope, slope) / arm.users,
  };
}

/**
 * The adjusted difference over the control's unadjusted size, with its
 * variance by the delta method.
 *
 * @returns Null where the control's unadjusted ratio is 0.
 */
export function cupedRatioRelativeDelta(
  control: CupedRatioArm,
  treatment: CupedRatioArm,
  theta: number,
): Estimate | null {
  const base = ratio(control, 0);
  if (base === 0 || !Number.isFinite(base)) return null;
  const size = Math.abs(base);
  const a = cupedRatioEstimate(control, theta);
  const b = cupedRatioEstimate(treatment, theta);
  const value = (b.value - a.value) / size;
  // The control's ratio stands in the difference and under the bar.
  const slope = gradient(
    control,
    -1 / size - value / base,
    theta / size,
  );
  return {
    users: control.users + treatment.users,
    value,
    variance: form(control, slope, slope) / control.users +
      b.variance / (size * size),
  };
}

function ratio({ means }: CupedRatioArm, from: 0 | 2): number {
  return (means[from] ?? NaN) / (means[from + 1] ?? NaN);
}

/** Of post·R_post + pre·R_pre, in the four means. */
function gradient(arm: CupedRatioArm, post: number, pre: number): number[] {
  const during = arm.means[1] ?? NaN;
  const before = arm.means[3] ?? NaN;
  return [
    post / during,
    -post * ratio(arm, 0) / during,
    pre / before,
    -pre * ratio(arm, 2) / before,
  ];
}

/** xᵀ·Σ·y */
function form(
  { covariances }: CupedRatioArm,
  x: readonly number[],
  y: readonly number[],
): number {
  let sum = 0;
  x.forEach((left, i) => {
    y.forEach((right, j) => {
      sum += left * right * (covariances[i]?.[j] ?? 0);
    });
  });
  return sum;
}
