import assert from "node:assert/strict";
import {
  betaChanceToBeat,
  betaChanceToBeBest,
  betaDifferenceInterval,
  betaExpectedLoss,
  betaMean,
  betaPosterior,
  betaPosteriorInterval,
} from "../../engine/statistics/beta_posterior.ts";
import { bernoulliSequence } from "../../engine/statistics/published/bernoulli_sequence.ts";
import { clopperPearsonInterval } from "../../engine/statistics/published/clopper_pearson_interval.ts";
import type { Estimate } from "../../engine/statistics/estimate.ts";
import {
  groupSequentialBounds,
  powerSpending,
} from "../../engine/statistics/published/group_sequential_bounds.ts";
import { guardrail } from "../../engine/statistics/guardrail.ts";
import type { Interval } from "../../engine/statistics/interval.ts";
import { normalUpperTail } from "../../engine/statistics/normal_distribution.ts";
import { bonferroni } from "../../engine/statistics/multiple_testing.ts";
import { newcombeInterval } from "../../engine/statistics/published/newcombe_interval.ts";
import { proportionEstimate } from "../../engine/statistics/proportion_estimate.ts";
import { equalProportionsTest } from "../../engine/statistics/published/equal_proportions.ts";
import { wilsonInterval } from "../../engine/statistics/wilson_interval.ts";
import { estimateInterval } from "../../engine/statistics/estimate_interval.ts";
import { difference } from "../../engine/statistics/difference.ts";
import { zTest } from "../../engine/statistics/published/wald.ts";
import {
  estimateOf,
  get,
  type Json,
  list,
  num,
  numOr,
  nums,
  type Output,
  row,
} from "./inputs.ts";

type Pair = readonly [successes: number, trials: number];

function pair(values: readonly number[]): Pair {
  const [successes = NaN, trials = NaN] = values;
  return [successes, trials];
}

function proportion([successes, trials]: Pair): Estimate {
  const estimate = proportionEstimate(successes, trials);
  assert.ok(estimate !== null);
  return estimate;
}

const both = ({ lower, upper }: Interval): number[] => [lower, upper];

/** χ² p-value and Wald interval of two proportions. */
function compare(
  control: Pair,
  treatment: Pair,
  alpha: number,
): { difference: number; p: number; ci: number[] } {
  const test = zTest(proportion(control), proportion(treatment), { alpha });
  const equal = equalProportionsTest([control, treatment]);
  assert.ok(test !== null && equal !== null);
  return { difference: test.value, p: equal.pValue, ci: both(test.interval) };
}

export function proportionsDifference(inputs: Json): Output {
  const arm = (name: string): Pair => [
    num(inputs, name, "sum"),
    num(inputs, name, "n"),
  ];
  const [control, treatment] = [arm("control"), arm("treatment")];
  const { difference, p, ci } = compare(control, treatment, 0.05);
  const base = control[0] / control[1];
  return {
    difference,
    p,
    ci95: ci,
    ci99: compare(control, treatment, 0.01).ci,
    ci999: compare(control, treatment, 0.001).ci,
    relative_difference: difference / base,
    relative_ci95_divided_by_control_mean: ci.map((bound) => bound / base),
  };
}

/** Several arms against one; the difference is control − arm. */
export function bonferroniArms(inputs: Json): Output {
  const control = pair(nums(inputs, "control"));
  const arms = list(inputs, "arms").map((arm) => pair(row(arm)));
  const alpha = numOr(inputs, "alpha", 0.05) / arms.length;
  const compared = arms.map((arm) => compare(arm, control, alpha));
  const p = compared.map((one) => one.p);
  return {
    p,
    adjusted_p: bonferroni(p),
    adjusted_ci: compared.map(({ ci }) => ci),
  };
}

export function equalProportions(inputs: Json): Output {
  const trials = nums(inputs, "trials");
  const test = equalProportionsTest(
    nums(inputs, "successes").map((count, i) => [count, trials[i] ?? NaN]),
  );
  assert.ok(test !== null);
  return {
    chi2: test.chiSquare,
    df: test.degreesOfFreedom,
    p: test.pValue,
  };
}

export function rateIntervals(inputs: Json): Output {
  const arms = list(inputs, "arms").map((arm) => pair(row(arm)));
  const alpha = numOr(inputs, "alpha", 0.05);
  return {
    wilson: arms.map(([x, n]) => both(wilsonInterval(x, n, alpha))),
    clopper_pearson: arms.map(([x, n]) =>
      both(clopperPearsonInterval(x, n, alpha))
    ),
  };
}

/** Two arms' difference, first − second, as in the source. */
export function rateDifferences(inputs: Json): Output {
  return {
    ci: list(inputs, "cases").map((values) => {
      const [a = NaN, m = NaN, b = NaN, n = NaN] = row(values);
      return both(newcombeInterval([b, n], [a, m]));
    }),
  };
}

export function bernoulli(inputs: Json): Output {
  return {
    ci: list(inputs, "cases").map((values) => {
      const [successes = NaN, trials = NaN, optimalTrials = NaN] = row(values);
      return both(
        bernoulliSequence(successes, trials, {
          alpha: num(inputs, "alpha"),
          optimalTrials,
        }),
      );
    }),
  };
}

export function betaBinomial(inputs: Json): Output {
  const control = betaPosterior(...pair(nums(inputs, "control")));
  const treatment = betaPosterior(...pair(nums(inputs, "treatment")));
  const { keep, ship } = betaExpectedLoss(control, treatment);
  return {
    difference: betaMean(treatment) - betaMean(control),
    chance_to_win: betaChanceToBeat(control, treatment),
    loss_control: keep,
    loss_treatment: ship,
    ci: both(
      betaDifferenceInterval(
        control,
        treatment,
        numOr(inputs, "alpha", 0.05),
      ),
    ),
  };
}

/** Several arms with Jeffreys' prior: their intervals, and the chances. */
export function betaArms(inputs: Json): Output {
  const arms = list(inputs, "arms").map((arm) =>
    betaPosterior(...pair(row(arm)))
  );
  const intervals = arms.map((arm) => betaPosteriorInterval(arm));
  return {
    lower: intervals.map(({ lower }) => lower),
    upper: intervals.map(({ upper }) => upper),
    chance_to_be_best: betaChanceToBeBest(arms),
  };
}

/** One-sided z bounds against a margin of the control's mean as it is seen. */
export function nonInferiority(inputs: Json): Output {
  const control = estimateOf(inputs, "control");
  const treatment = estimateOf(inputs, "treatment");
  const alpha = num(inputs, "alpha");
  const margin = {
    kind: "absolute" as const,
    value: num(inputs, "relative_margin") * control.value,
  };
  const verdict = (direction: "higher" | "lower") =>
    guardrail({
      control,
      treatment,
      direction,
      margin,
      alpha,
      sequential: false,
    });
  const [higher, lower] = [verdict("higher"), verdict("lower")];
  assert.ok(lower.interval !== null);
  return {
    difference: lower.harm,
    lower: lower.interval.lower,
    upper: lower.interval.upper,
    noninferior_increase: higher.verdict === "pass",
    noninferior_decrease: lower.verdict === "pass",
  };
}

/** The first look of a group-sequential test that spends alpha·t². */
export function groupSequentialLook(inputs: Json): Output {
  const control = estimateOf(inputs, "control");
  const treatment = estimateOf(inputs, "treatment");
  const effect = difference(control, treatment);
  const [bound = NaN] = groupSequentialBounds({
    times: [effect.users / num(inputs, "final_total")],
    alpha: num(inputs, "alpha"),
    spending: powerSpending(2),
  });
  return {
    difference: effect.value,
    ci: both(estimateInterval(effect, bound)),
  };
}

/** Every look of one that spends alpha·t². */
export function groupSequentialLooks(inputs: Json): Output {
  const effects = list(inputs, "looks").map((look) =>
    difference(estimateOf(look, "control"), estimateOf(look, "treatment"))
  );
  const bounds = groupSequentialBounds({
    times: effects.map(({ users }) => users / num(inputs, "final_total")),
    alpha: num(inputs, "alpha"),
    sides: get(inputs, "sides") === 1 ? 1 : 2,
    spending: powerSpending(2),
  });
  const intervals = effects.map((effect, i) =>
    estimateInterval(effect, bounds[i] ?? NaN)
  );
  return {
    difference: effects.map(({ value }) => value),
    lower: intervals.map(({ lower }) => lower),
    upper: intervals.map(({ upper }) => upper),
  };
}

/** The bounds of several looks. */
export function groupSequential(
  spending: Parameters<typeof groupSequentialBounds>[0]["spending"],
): (inputs: Json) => Output {
  return (inputs) => {
    const bounds = groupSequentialBounds({
      times: nums(inputs, "times"),
      alpha: num(inputs, "alpha"),
      ...(spending === undefined ? {} : { spending }),
    });
    return {
      bounds,
      adjusted_alpha: bounds.map((z) => 2 * normalUpperTail(z)),
    };
  };
}
