import assert from "node:assert/strict";
import { adjustedInterval } from "../../engine/statistics/published/adjusted_interval.ts";
import {
  oneSidedMixtureMultiplier,
  oneSidedMixturePValue,
} from "../../engine/statistics/published/one_sided_mixture_bound.ts";
import {
  sequenceMultiplier,
  sequencePValue,
} from "../../engine/statistics/confidence_sequence.ts";
import { difference, zScore } from "../../engine/statistics/difference.ts";
import { differencePosterior } from "../../engine/statistics/difference_posterior.ts";
import {
  type Alternative,
  fixedHorizonTest,
} from "../../engine/statistics/fixed_horizon.ts";
import type { Estimate } from "../../engine/statistics/estimate.ts";
import { estimateInterval } from "../../engine/statistics/estimate_interval.ts";
import type { Direction } from "../../engine/statistics/direction.ts";
import {
  chanceToBeat,
  expectedLoss,
  posteriorInterval,
} from "../../engine/statistics/normal_posterior.ts";
import { pooledTTest } from "../../engine/statistics/published/pooled_t.ts";
import { relativeDelta } from "../../engine/statistics/relative_delta.ts";
import { relativeDeltaPosterior } from "../../engine/statistics/published/relative_delta_posterior.ts";
import { welchDegreesOfFreedom } from "../../engine/statistics/welch.ts";
import {
  estimateOf,
  get,
  type Json,
  list,
  num,
  numOr,
  type Output,
  priorOf,
  row,
} from "./inputs.ts";

/** The two arms, and the effect that the case is about. */
interface Effect {
  readonly control: Estimate;
  readonly treatment: Estimate;
  readonly effect: Estimate;
}

function effectOf(inputs: Json): Effect {
  const control = estimateOf(inputs, "control");
  const treatment = estimateOf(inputs, "treatment");
  const effect = get(inputs, "difference") === "absolute"
    ? difference(control, treatment)
    : relativeDelta(control, treatment);
  assert.ok(effect !== null);
  return { control, treatment, effect };
}

/** Normal posterior of the effect, with or without prior. */
export function bayes(inputs: Json): Output {
  const { control, treatment } = effectOf(inputs);
  const prior = priorOf(inputs);
  const posterior = get(inputs, "difference") === "absolute"
    ? differencePosterior(control, treatment, prior)
    : relativeDeltaPosterior(control, treatment, prior);
  assert.ok(posterior !== null);
  const direction: Direction = get(inputs, "inverse") === true
    ? "lower"
    : "higher";
  const { lower, upper } = posteriorInterval(
    posterior,
    numOr(inputs, "alpha", 0.05),
  );
  const { keep, ship } = expectedLoss(posterior, direction);
  return {
    expected: posterior.mean,
    ci: [lower, upper],
    sd: posterior.sd,
    chance_to_win: chanceToBeat(posterior, direction),
    risk: [keep, ship],
    risk_of_treatment: ship,
    control_ratio: control.value,
    treatment_ratio: treatment.value,
  };
}

export function riskOfNormal(inputs: Json): Output {
  const { keep, ship } = expectedLoss({
    mean: num(inputs, "mu"),
    sd: num(inputs, "sd"),
  });
  return { risk: [keep, ship] };
}

/** Welch's t test of the effect, two-sided and both one-sided. */
export function welch(inputs: Json): Output {
  const { control, treatment, effect } = effectOf(inputs);
  const df = welchDegreesOfFreedom(control, treatment);
  const alpha = numOr(inputs, "alpha", 0.05);
  const run = (alternative: Alternative) => {
    const test = fixedHorizonTest(effect, df, { alpha, alternative });
    assert.ok(test !== null);
    return test;
  };
  const two = run("two-sided");
  const greater = run("greater");
  const less = run("less");
  return {
    expected: two.value,
    ci: [two.interval.lower, two.interval.upper],
    se: two.standardError,
    p: two.pValue,
    lower: greater.interval.lower,
    upper: less.interval.upper,
    p_greater: greater.pValue,
    p_less: less.pValue,
  };
}

/** The confidence sequence with one tuning N*. */
export function sequence(inputs: Json): Output {
  const { effect } = effectOf(inputs);
  const alpha = numOr(inputs, "alpha", 0.05);
  const tunings = [numOr(inputs, "Nstar", 5000)];
  const { lower, upper } = estimateInterval(
    effect,
    sequenceMultiplier(effect.users, alpha, tunings),
  );
  const z = zScore(effect);
  assert.ok(z !== null);
  return {
    expected: effect.value,
    ci: [lower, upper],
    ci_lower: lower,
    se: Math.sqrt(effect.variance),
    p: sequencePValue(z, effect.users, alpha, tunings),
  };
}

/** The one-sided one, in closed form. */
export function oneSidedSequence(inputs: Json): Output {
  const { effect } = effectOf(inputs);
  const alpha = numOr(inputs, "alpha", 0.05);
  const tuning = numOr(inputs, "Nstar", 5000);
  const { lower, upper } = estimateInterval(
    effect,
    oneSidedMixtureMultiplier(effect.users, tuning, alpha),
  );
  const z = zScore(effect);
  assert.ok(z !== null);
  const p = oneSidedMixturePValue(z, effect.users, tuning, alpha);
  return {
    expected: effect.value,
    lower,
    upper,
    p,
    p_greater: p,
    p_less: oneSidedMixturePValue(-z, effect.users, tuning, alpha),
  };
}

/** The variance of a difference from the moments of one user. */
export function deltaVariance(inputs: Json): Output {
  const arm = (name: "A" | "B"): Estimate => ({
    users: num(inputs, `n${name}`),
    value: num(inputs, `mean${name}`),
    variance: num(inputs, `var${name}`) / num(inputs, `n${name}`),
  });
  const relative = relativeDelta(arm("A"), arm("B"));
  return {
    absolute: difference(arm("A"), arm("B")).variance,
    relative: relative?.variance ?? null,
  };
}

/** Pooled t test from means and standard deviations. */
export function pooled(inputs: Json): Output {
  const arm = (name: string): Estimate => ({
    users: num(inputs, name, "n"),
    value: num(inputs, name, "mean"),
    variance: num(inputs, name, "sd") ** 2 / num(inputs, name, "n"),
  });
  const test = pooledTTest(arm("control"), arm("treatment"), {
    alpha: numOr(inputs, "alpha", 0.05),
  });
  assert.ok(test !== null);
  return {
    difference: test.value,
    ci: [test.interval.lower, test.interval.upper],
    p: test.pValue,
    pooled_sd: test.standardError /
      Math.sqrt(
        1 / num(inputs, "control", "n") + 1 / num(inputs, "treatment", "n"),
      ),
  };
}

/** The interval of an effect with an adjusted p-value. */
export function adjustedIntervals(inputs: Json): Output {
  return {
    ci: list(inputs, "cases").map((values) => {
      const [p = NaN, effect = NaN, alpha = NaN] = row(values);
      const interval = adjustedInterval(effect, p, alpha);
      return interval === null ? null : [interval.lower, interval.upper];
    }),
  };
}

/** The chance that a normal effect is above 0. */
export function chanceOfNormal(inputs: Json): Output {
  const posterior = { mean: num(inputs, "mean"), sd: num(inputs, "sd") };
  return {
    chance: chanceToBeat(posterior),
    inverse: chanceToBeat(posterior, "lower"),
  };
}
