import assert from "node:assert/strict";
import {
  type CupedArm,
  cupedEstimate,
  cupedMeanArm,
  cupedProportionArm,
  cupedRelativeDelta,
  cupedTheta,
} from "../../engine/statistics/cuped.ts";
import {
  type CupedRatioArm,
  cupedRatioArm,
  cupedRatioArmOf,
  cupedRatioEstimate,
  cupedRatioRelativeDelta,
  cupedRatioTheta,
} from "../../engine/statistics/published/cuped_ratio.ts";
import { fixedHorizonTest } from "../../engine/statistics/fixed_horizon.ts";
import type { Estimate } from "../../engine/statistics/estimate.ts";
import { estimateInterval } from "../../engine/statistics/estimate_interval.ts";
import {
  sequenceMultiplier,
  sequencePValue,
} from "../../engine/statistics/confidence_sequence.ts";
import { zScore } from "../../engine/statistics/difference.ts";
import { meanEstimate } from "../../engine/statistics/mean_estimate.ts";
import { pooledTTest } from "../../engine/statistics/published/pooled_t.ts";
import { ratioEstimate } from "../../engine/statistics/ratio_estimate.ts";
import { welchDegreesOfFreedom } from "../../engine/statistics/welch.ts";
import {
  get,
  type Json,
  list,
  num,
  numOr,
  nums,
  type Output,
  row,
  units,
} from "./inputs.ts";

const DIGITS = 12;

function cupedArm(inputs: Json, name: string, proportion: boolean): CupedArm {
  const of = (key: string, digits: number): bigint =>
    units(num(inputs, name, key), digits);
  const sums = (digits: number) => ({
    users: BigInt(num(inputs, name, "n")),
    outcome: of("sum", digits),
    covariate: of("covariate_sum", digits),
    product: of("cross_products", 2 * digits),
  });
  return proportion ? cupedProportionArm(sums(0)) : cupedMeanArm({
    ...sums(DIGITS),
    outcomeSquared: of("sum_squares", 2 * DIGITS),
    covariateSquared: of("covariate_sum_squares", 2 * DIGITS),
  });
}

function tested(
  lift: Estimate,
  a: Estimate,
  b: Estimate,
  inputs: Json,
): Output {
  const tuning = get(inputs, "Nstar");
  const alpha = numOr(inputs, "alpha", 0.05);
  if (typeof tuning === "number") {
    const { lower, upper } = estimateInterval(
      lift,
      sequenceMultiplier(lift.users, alpha, [tuning]),
    );
    return {
      expected: lift.value,
      se: Math.sqrt(lift.variance),
      p: sequencePValue(zScore(lift) ?? NaN, lift.users, alpha, [tuning]),
      ci: [lower, upper],
    };
  }
  const test = fixedHorizonTest(lift, welchDegreesOfFreedom(a, b), { alpha });
  assert.ok(test !== null);
  return {
    expected: test.value,
    se: test.standardError,
    p: test.pValue,
    ci: [test.interval.lower, test.interval.upper],
  };
}

export function cuped(inputs: Json): Output {
  const metric = get(inputs, "metric");
  const proportion = typeof metric === "string" &&
    metric.startsWith("proportion");
  const control = cupedArm(inputs, "control", proportion);
  const treatment = cupedArm(inputs, "treatment", proportion);
  const theta = cupedTheta([control, treatment]);
  const lift = cupedRelativeDelta(control, treatment, theta);
  assert.ok(lift !== null);
  return tested(
    lift,
    cupedEstimate(control, theta),
    cupedEstimate(treatment, theta),
    inputs,
  );
}

/** θ of two arms of the same users. */
export function theta(inputs: Json): Output {
  const x = nums(inputs, "X").map((value) => units(value, DIGITS));
  const y = nums(inputs, "Y").map((value) => units(value, DIGITS));
  const sum = (values: readonly bigint[]): bigint =>
    values.reduce((total, value) => total + value, 0n);
  const arm = cupedMeanArm({
    users: BigInt(x.length),
    outcome: sum(y),
    outcomeSquared: sum(y.map((value) => value * value)),
    covariate: sum(x),
    covariateSquared: sum(x.map((value) => value * value)),
    product: sum(x.map((value, i) => value * (y[i] ?? 0n))),
  });
  return {
    theta: cupedTheta(Array.from({ length: num(inputs, "arms") }, () => arm)),
  };
}

const PARTS = ["num_post", "den_post", "num_pre", "den_pre"] as const;

/** CUPED on a ratio, from raw rows and a given θ. */
export function cupedRatioRaw(inputs: Json): Output {
  const sign = numOr(inputs, "sign", 1);
  const arm = (name: string): CupedRatioArm => {
    const columns = PARTS.map((part) => nums(inputs, name, part));
    return cupedRatioArmOf(
      (columns[0] ?? []).map((_, i) =>
        columns.map((column, part) =>
          (column[i] ?? NaN) * (part % 2 === 0 ? sign : 1)
        )
      ),
    );
  };
  const lift = cupedRatioRelativeDelta(
    arm("control"),
    arm("treatment"),
    num(inputs, "theta"),
  );
  assert.ok(lift !== null);
  return { expected: lift.value, se: Math.sqrt(lift.variance) };
}

/** CUPED on a ratio, from sums and with the data's own θ. */
export function cupedRatio(inputs: Json): Output {
  const arm = (name: string): CupedRatioArm =>
    cupedRatioArm(
      num(inputs, name, "n"),
      nums(inputs, name, "sums"),
      list(inputs, name, "products").map(row),
    );
  const [control, treatment] = [arm("control"), arm("treatment")];
  const theta = cupedRatioTheta(control, treatment);
  const lift = cupedRatioRelativeDelta(control, treatment, theta);
  assert.ok(lift !== null);
  return tested(
    lift,
    cupedRatioEstimate(control, theta),
    cupedRatioEstimate(treatment, theta),
    inputs,
  );
}

/** A ratio of raw totals in each arm, and the pooled t test of x − y. */
export function derivedRatio(inputs: Json): Output {
  const arm = (name: string): Estimate => {
    const a = nums(inputs, `${name}_num`).map((value) => units(value, DIGITS));
    const b = nums(inputs, `${name}_den`).map((value) => units(value, DIGITS));
    const sum = (f: (x: bigint, y: bigint) => bigint): bigint =>
      a.reduce((total, x, i) => total + f(x, b[i] ?? 0n), 0n);
    const estimate = ratioEstimate({
      users: BigInt(a.length),
      numerator: sum((x) => x),
      denominator: sum((_, y) => y),
      numeratorSquared: sum((x) => x * x),
      denominatorSquared: sum((_, y) => y * y),
      product: sum((x, y) => x * y),
    });
    assert.ok(estimate !== null);
    return estimate;
  };
  const test = pooledTTest(arm("y"), arm("x"));
  assert.ok(test !== null);
  return {
    difference: test.value,
    p: test.pValue,
    ci: [test.interval.lower, test.interval.upper],
  };
}

/** Mean and deviation of a value and many pairs around it, in tenths. */
export function numericalAccuracy(inputs: Json): Output {
  const values = [units(num(inputs, "first"), 1)];
  for (let i = 0; i < num(inputs, "pairs"); i++) {
    values.push(...nums(inputs, "pair").map((value) => units(value, 1)));
  }
  const estimate = meanEstimate({
    users: BigInt(values.length),
    sum: values.reduce((sum, x) => sum + x, 0n),
    sumOfSquares: values.reduce((sum, x) => sum + x * x, 0n),
  }, 0.1);
  assert.ok(estimate !== null);
  return {
    mean: estimate.value,
    sd: Math.sqrt(estimate.variance * estimate.users),
  };
}
