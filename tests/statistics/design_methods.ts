import assert from "node:assert/strict";
import { sequenceMultiplier } from "../../engine/statistics/confidence_sequence.ts";
import { trafficFactor } from "../../engine/statistics/days_left.ts";
import type { Estimate } from "../../engine/statistics/estimate.ts";
import {
  benjaminiHochberg,
  benjaminiHochbergThreshold,
  bonferroni,
  holm,
} from "../../engine/statistics/multiple_testing.ts";
import { normalQuantile } from "../../engine/statistics/normal_distribution.ts";
import {
  credibleIntervalPower,
  minimumDetectableLift,
  oneSidedTestPower,
  sampleSize,
  testPower,
} from "../../engine/statistics/power.ts";
import {
  proportionsPower,
  proportionsSampleSize,
} from "../../engine/statistics/published/proportions_power.ts";
import {
  tTestPower,
  tTestSampleSize,
} from "../../engine/statistics/published/t_test_power.ts";
import { relativeDelta } from "../../engine/statistics/relative_delta.ts";
import { sampleRatioTest } from "../../engine/statistics/sample_ratio.ts";
import {
  estimateOf,
  get,
  type Json,
  list,
  num,
  numOr,
  nums,
  type Output,
  priorOf,
  row,
  sampleEstimate,
} from "./inputs.ts";

const z = (alpha: number): number => -normalQuantile(alpha / 2);

/** Extra traffic until the power is enough, by the kind of interval. */
export function daysLeft(inputs: Json): Output {
  const lift = relativeDelta(
    estimateOf(inputs, "control"),
    estimateOf(inputs, "treatment"),
  );
  assert.ok(lift !== null);
  const effect = num(inputs, "target_relative_mde");
  const alpha = num(inputs, "alpha");
  const tuning = get(inputs, "Nstar");
  const prior = priorOf(inputs);
  const powerAt = (k: number): number => {
    const variance = lift.variance / (1 + k);
    return prior !== null
      ? credibleIntervalPower(effect, variance, prior, alpha)
      : testPower(
        effect,
        Math.sqrt(variance),
        typeof tuning === "number"
          ? sequenceMultiplier(lift.users * (1 + k), alpha, [tuning])
          : z(alpha),
      );
  };
  const factor = trafficFactor(powerAt, num(inputs, "target_power"));
  assert.ok(factor !== null);
  return {
    scaling_factor: factor,
    power_at_factor: powerAt(factor),
    sigma2_lift: lift.variance,
  };
}

/** An arm of a planned experiment. */
function planned(metric: Json, users: number): Estimate {
  const rate = get(metric, "rate");
  const value = typeof rate === "number" ? rate : num(metric, "mean");
  const variance = typeof rate === "number"
    ? rate * (1 - rate)
    : num(metric, "variance");
  return { users, value, variance: variance / users };
}

/**
 * The published plans scale the test's quantile by what a sequence's
 * multiplier is to it, and leave the power's quantile as it is in the power,
 * but not in the least effect.
 */
function plan(
  inputs: Json,
  metric: Json,
  users: number,
): { power: number; mde: number | null } {
  const alpha = num(inputs, "alpha");
  const tuning = get(inputs, "Nstar");
  const arm = planned(metric, users);
  const effect = num(metric, "effect");
  const lift = relativeDelta(arm, {
    ...arm,
    value: arm.value * (1 + effect),
  });
  assert.ok(lift !== null);
  const stretch = typeof tuning === "number"
    ? sequenceMultiplier(2 * users, alpha, [tuning]) / z(alpha)
    : 1;
  return {
    power: testPower(effect, stretch * Math.sqrt(lift.variance), z(alpha)),
    mde: minimumDetectableLift(
      { ...arm, variance: arm.variance * stretch * stretch },
      z(alpha),
      0.8,
    ),
  };
}

/** Power and least effect at the end of each of nine weeks. */
export function powerByWeek(inputs: Json): Output {
  const weeks = Array.from({ length: 9 }, (_, i) => i + 1);
  const users = (week: number): number =>
    week * num(inputs, "users_per_week") / num(inputs, "variations");
  const of = (name: string) => {
    const metric = get(inputs, name);
    assert.ok(metric !== undefined);
    return weeks.map((week) => plan(inputs, metric, users(week)));
  };
  const [first, second] = [of("metric1"), of("metric2")];
  return {
    power_metric1: first.map(({ power }) => power),
    mde_metric1: first.map(({ mde }) => mde),
    power_metric2: second.map(({ power }) => power),
    mde_metric2: second.map(({ mde }) => mde),
  };
}

/** One plan. */
export function plannedPower(inputs: Json): Output {
  const { power, mde } = plan(
    inputs,
    inputs,
    num(inputs, "users") / num(inputs, "variations"),
  );
  return { power, mde };
}

/** One plan with a prior on the lift, and the power at each week. */
export function bayesianPowerByWeek(inputs: Json): Output {
  const powers = (name: string): number[] =>
    Array.from({ length: 9 }, (_, i) => {
      const metric = get(inputs, name);
      assert.ok(metric !== undefined);
      const users = (i + 1) * num(inputs, "users_per_week") /
        num(inputs, "variations");
      const arm = planned(metric, users);
      const effect = num(metric, "effect");
      const lift = relativeDelta(arm, {
        ...arm,
        value: arm.value * (1 + effect),
      });
      assert.ok(lift !== null);
      return credibleIntervalPower(
        effect,
        lift.variance,
        priorOf(inputs),
        num(inputs, "alpha"),
      );
    });
  return { power_metric1: powers("metric1"), power_metric2: powers("metric2") };
}

export function sampleRatio(inputs: Json): Output {
  const users = nums(inputs, "users");
  const weights = nums(inputs, "weights");
  const { pValue, chiSquare } = sampleRatioTest(users, weights);
  return { p: pValue, chi2: chiSquare };
}

export function adjusted(inputs: Json): Output {
  const p = nums(inputs, "p");
  return {
    adjusted: holm(p),
    holm: holm(p),
    benjamini_hochberg: benjaminiHochberg(p),
    bonferroni: bonferroni(p),
  };
}

/** Two-sided z power of two arms with one variance. */
export function zPower(inputs: Json): Output {
  return {
    power: list(inputs, "cases").map((plan) =>
      testPower(
        num(plan, "mde"),
        Math.sqrt(
          num(plan, "variance") * (1 / num(plan, "n1") + 1 / num(plan, "n2")),
        ),
        z(num(plan, "alpha")),
      )
    ),
  };
}

/** One-sided z power of two arms with one standard deviation. */
export function oneSidedPower(inputs: Json): Output {
  const error = num(inputs, "sd") *
    Math.sqrt(1 / num(inputs, "n1") + 1 / num(inputs, "n2"));
  return {
    power: oneSidedTestPower(
      num(inputs, "effect"),
      error,
      -normalQuantile(num(inputs, "alpha")),
    ),
  };
}

/** Users for a relative effect, from samples under the control. */
export function sampleSizes(inputs: Json): Output {
  return {
    n: list(inputs, "samples").map((values) => {
      const { users, value, variance } = sampleEstimate(row(values));
      const { total } = sampleSize({
        effect: num(inputs, "relative_mde") * value,
        variance: variance * users,
        ratio: numOr(inputs, "r", 1),
        multiplier: z(num(inputs, "alpha")),
        power: num(inputs, "power"),
      });
      return Math.floor(total);
    }),
  };
}

/** Users in all for an absolute effect. */
export function plannedSampleSize(inputs: Json): Output {
  const { control, treatment, total } = sampleSize({
    effect: num(inputs, "effect"),
    variance: num(inputs, "variance"),
    ratio: numOr(inputs, "r", 1),
    multiplier: z(num(inputs, "alpha")),
    power: num(inputs, "power"),
  });
  return { control, treatment, total };
}

/** The level for single p-values. */
export function correctedLevel(inputs: Json): Output {
  return {
    alpha: list(inputs, "cases").map((p) =>
      benjaminiHochbergThreshold(row(p), num(inputs, "alpha"))
    ),
  };
}

/** Power of two rates at n users an arm, and the users for a power. */
export function proportionsPlan(inputs: Json): Output {
  const options = {
    control: num(inputs, "p1"),
    treatment: num(inputs, "p2"),
    alpha: numOr(inputs, "alpha", 0.05),
  };
  return {
    power: proportionsPower(numOr(inputs, "n", 2), options),
    n: proportionsSampleSize(numOr(inputs, "power", 0.8), options),
  };
}

/** The same for two means. */
export function meansPlan(inputs: Json): Output {
  const options = {
    effect: num(inputs, "delta"),
    sd: numOr(inputs, "sd", 1),
    alpha: numOr(inputs, "alpha", 0.05),
  };
  return {
    power: tTestPower(numOr(inputs, "n", 2), options),
    n: tTestSampleSize(numOr(inputs, "power", 0.8), options),
  };
}
