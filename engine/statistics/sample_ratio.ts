import { chiSquareUpperTail } from "./chi_square.ts";

/** What {@linkcode sampleRatioTest} finds. */
export interface SampleRatioTest {
  /** Pearson's Σ(O − E)²/E. */
  readonly chiSquare: number;
  /** Arms with a weight, less one. */
  readonly degreesOfFreedom: number;
  /** For a single look. 1 where there is nothing to test. */
  readonly pValue: number;
  /** The fewest users expected in an arm: below 8 the p-value is rough. */
  readonly smallestExpected: number;
}

/**
 * Whether users are split over the arms as the weights say: Pearson's χ² test
 * of goodness of fit, for one look. Arms of weight 0 are left out, with their
 * users.
 *
 * Source: Pearson (1900); Fabijan et al. (2019), Diagnosing sample ratio
 * mismatch in online controlled experiments.
 *
 * @param users By arm.
 * @param weights By arm, in any scale.
 *
 * @example
 * ```ts
 * import { sampleRatioTest } from "./sample_ratio.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sampleRatioTest([135, 115], [1, 1]).pValue.toFixed(4), "0.2059");
 * ```
 */
export function sampleRatioTest(
  users: readonly number[],
  weights: readonly number[],
): SampleRatioTest {
  const arms = weightedArms(users, weights);
  const total = arms.reduce((sum, arm) => sum + arm.users, 0);
  if (arms.length < 2 || total === 0) {
    return {
      chiSquare: 0,
      degreesOfFreedom: Math.max(0, arms.length - 1),
      pValue: 1,
      smallestExpected: 0,
    };
  }
  let chiSquare = 0;
  for (const arm of arms) {
    const expected = arm.share * total;
    chiSquare += (arm.users - expected) ** 2 / expected;
  }
  const degreesOfFreedom = arms.length - 1;
  return {
    chiSquare,
    degreesOfFreedom,
    pValue: chiSquareUpperTail(chiSquare, degreesOfFreedom),
    smallestExpected: Math.min(...arms.map((arm) => arm.share * total)),
  };
}

/** An arm that should have users. */
export interface WeightedArm {
  readonly users: number;
  /** Of all users; shares sum to 1. */
  readonly share: number;
}

/** The arms with a weight, and the shares that they should have. */
export function weightedArms(
  users: readonly number[],
  weights: readonly number[],
): WeightedArm[] {
  const total = weights.reduce((sum, w) => sum + Math.max(w, 0), 0);
  return users.flatMap((count, i) => {
    const weight = weights[i] ?? 0;
    return weight > 0 ? [{ users: count, share: weight / total }] : [];
  });
}
