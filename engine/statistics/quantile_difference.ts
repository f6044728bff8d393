/**
 * The difference and the ratio of a quantile between two arms, from the
 * arms' own intervals, by the method of variance estimates recovery: each
 * bound takes from each arm the distance to the bound on that side, so that
 * the asymmetry of a heavy tail is kept. The relative interval holds 0
 * exactly where the absolute one does. With a confidence sequence's
 * multiplier both are valid at every look.
 *
 * Sources: Zou and Donner (2008), Construction of confidence limits about
 * effect measures; Donner and Zou (2012), Closed-form confidence intervals
 * for functions of the normal mean and standard deviation.
 *
 * @module
 */

import {
  type ClusteredQuantile,
  hasBounds,
  LARGEST_Z,
  lowerBound,
  normalMultiplier,
  quantileBounds,
  studentMultiplier,
  upperBound,
} from "./clustered_quantile.ts";
import type { Interval } from "./interval.ts";

/** Beyond this even one degree of freedom leaves a tail below 1e-9. */
const LARGEST_T = 1e9;

/** What {@linkcode quantileDifference} finds, in the sketches' unit. */
export interface QuantileDifference {
  /** treatment − control. */
  readonly value: number;
  readonly interval: Interval;
  /** Of the lift (B − A)/A; null where the control may be 0. */
  readonly relative: Interval | null;
}

/**
 * The difference of a quantile, treatment − control.
 *
 * @param multiplier In standard errors: that of a normal quantile, or of a
 * confidence sequence over the users of both arms.
 * @returns Null where an arm's own interval is: see `quantileInterval`.
 */
export function quantileDifference(
  control: ClusteredQuantile,
  treatment: ClusteredQuantile,
  multiplier: number,
): QuantileDifference | null {
  return differenceAt(
    control,
    treatment,
    studentMultiplier(multiplier, fewerShards(control, treatment)),
  );
}

function differenceAt(
  control: ClusteredQuantile,
  treatment: ClusteredQuantile,
  multiplier: number,
): QuantileDifference | null {
  const boundsA = quantileBounds(control, multiplier);
  const boundsB = quantileBounds(treatment, multiplier);
  if (boundsA === null || boundsB === null) return null;
  const [a, b] = [control.value, treatment.value];
  return {
    value: b - a,
    interval: {
      lower: b - a - Math.hypot(b - boundsB.lower, boundsA.upper - a),
      upper: b - a + Math.hypot(boundsB.upper - b, a - boundsA.lower),
    },
    relative: relativeInterval(a, boundsA, b, boundsB),
  };
}

/**
 * The difference in standard errors: the multiplier at which the interval
 * touches 0, with the difference's sign. So the p-value of this z score
 * agrees with the interval of any multiplier.
 *
 * @returns 0 for no difference, at most 37 in size; null without an answer.
 */
export function quantileDifferenceZ(
  control: ClusteredQuantile,
  treatment: ClusteredQuantile,
): number | null {
  const narrow = differenceAt(control, treatment, 0);
  if (narrow === null) return null;
  if (narrow.value === 0) return 0;
  // Half of an interval is enough: only the bound between 0 and the difference
  // can reach 0, which the higher arm's lower and the other's upper bound make.
  const [high, low] = narrow.value > 0
    ? [treatment, control]
    : [control, treatment];
  const excludes = (multiplier: number): boolean =>
    hasBounds(high, multiplier) && hasBounds(low, multiplier) &&
    high.value - low.value >
      Math.hypot(
        high.value - lowerBound(high, multiplier),
        upperBound(low, multiplier) - low.value,
      );
  // Values that are all alike differ for certain, however few shards they are in.
  if (excludes(LARGEST_T)) return Math.sign(narrow.value) * LARGEST_Z;
  // In t quantiles, so that no step needs a new one.
  let least = 0;
  let most = LARGEST_T;
  while (most - least > 1e-9 * (1 + most)) {
    const middle = (least + most) / 2;
    if (excludes(middle)) least = middle;
    else most = middle;
  }
  const z = normalMultiplier(least, fewerShards(control, treatment));
  return Math.sign(narrow.value) * Math.min(z, LARGEST_Z);
}

/** The arm with fewer shards says how well the standard errors are known. */
function fewerShards(a: ClusteredQuantile, b: ClusteredQuantile): number {
  return Math.min(a.ranks.shards, b.ranks.shards);
}

/** All θ − 1 for which the interval of B − θA holds 0. */
function relativeInterval(
  a: number,
  boundsA: Interval,
  b: number,
  boundsB: Interval,
): Interval | null {
  const lowest = boundsA.lower * (2 * a - boundsA.lower);
  const highest = boundsA.upper * (2 * a - boundsA.upper);
  if (!(lowest > 0 && highest > 0)) return null;
  const product = a * b;
  const root = (bound: number, other: number): number =>
    Math.sqrt(
      Math.max(0, product * product - bound * (2 * b - bound) * other),
    );
  return {
    lower: (product - root(boundsB.lower, highest)) / highest - 1,
    upper: (product + root(boundsB.upper, lowest)) / lowest - 1,
  };
}
