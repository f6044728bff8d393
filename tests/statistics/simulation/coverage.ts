import { difference } from "../../../engine/statistics/difference.ts";
import { estimateInterval } from "../../../engine/statistics/estimate_interval.ts";
import type { Estimate } from "../../../engine/statistics/estimate.ts";
import { fiellerInterval } from "../../../engine/statistics/fieller_interval.ts";
import type { Interval } from "../../../engine/statistics/interval.ts";
import { ratioEstimate } from "../../../engine/statistics/ratio_estimate.ts";
import { relativeDelta } from "../../../engine/statistics/relative_delta.ts";
import { welchTest } from "../../../engine/statistics/welch.ts";
import { wilsonInterval } from "../../../engine/statistics/wilson_interval.ts";
import { type Random, randomOf } from "./random.ts";
import {
  COST_MEAN,
  RatioTally,
  simulatedCosts,
  simulatedUser,
} from "./users.ts";

/** How often 95% intervals held the truth. */
export interface Coverage {
  /** Of one arm's value. */
  readonly estimate: number;
  /** Of the difference of two equal arms. */
  readonly difference: number;
  /** Of their lift, by Fieller's theorem. */
  readonly lift: number;
  /** Of their lift, by the relative delta method. */
  readonly relativeDelta: number;
  /** Of one arm's value, where calls are taken for independent. */
  readonly perCall: number | null;
}

/** What is measured: how a user's totals come about, and the true ratio. */
export interface SimulatedMetric {
  readonly truth: number;
  /** Numerator and denominator of one user. */
  draw(random: Random): readonly [numerator: number, denominator: number];
  /** Whether the numerator counts some of the denominator's calls. */
  readonly isRate: boolean;
}

/** Successes over calls. */
export function rateMetric(rate: number): SimulatedMetric {
  return {
    truth: rate,
    isRate: true,
    draw: (random) => {
      const { calls, successes } = simulatedUser(random, rate);
      return [successes, calls];
    },
  };
}

/** Cost over calls: heavy tails. */
export const COST_PER_CALL: SimulatedMetric = {
  truth: COST_MEAN,
  isRate: false,
  draw: (random) => {
    const { calls } = simulatedUser(random, 0.5);
    const costs = simulatedCosts(random, calls);
    return [costs.reduce((sum, cost) => sum + cost, 0), calls];
  },
};

/** Cost over successes, which are as frequent as the given rate. */
export function costPerSuccess(rate: number): SimulatedMetric {
  return {
    truth: COST_MEAN / rate,
    isRate: false,
    draw: (random) => {
      const { calls, successes } = simulatedUser(random, rate);
      const costs = simulatedCosts(random, calls);
      return [costs.reduce((sum, cost) => sum + cost, 0), successes];
    },
  };
}

/** Cost per user: a mean. */
export const COST_PER_USER: SimulatedMetric = {
  truth: COST_MEAN * 9,
  isRate: false,
  draw: (random) => [COST_PER_CALL.draw(random)[0], 1],
};

/** Whether an interval holds a value. */
function holds(interval: Interval | null, value: number): number {
  return interval !== null && interval.lower <= value &&
      value <= interval.upper
    ? 1
    : 0;
}

/** Draws two equal arms again and again. */
export function coverage(
  metric: SimulatedMetric,
  users: number,
  replicates: number,
  seed: number,
): Coverage {
  const sums = { estimate: 0, difference: 0, lift: 0, delta: 0, perCall: 0 };
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = randomOf(seed + replicate);
    const draw = (): { estimate: Estimate; calls: Interval } => {
      const tally = new RatioTally();
      for (let user = 0; user < users; user++) {
        tally.add(...metric.draw(random));
      }
      const estimate = ratioEstimate(tally);
      if (estimate === null) throw new Error("an arm without calls");
      return {
        estimate,
        calls: wilsonInterval(
          Number(tally.numerator),
          Number(tally.denominator),
        ),
      };
    };
    const [a, b] = [draw(), draw()];
    const test = welchTest(a.estimate, b.estimate);
    if (test === null) throw new Error("arms without spread");
    const delta = relativeDelta(a.estimate, b.estimate);
    sums.estimate += holds(
      estimateInterval(a.estimate, test.multiplier),
      metric.truth,
    );
    sums.difference += holds(
      estimateInterval(difference(a.estimate, b.estimate), test.multiplier),
      0,
    );
    sums.lift += holds(
      fiellerInterval(a.estimate, b.estimate, test.multiplier),
      0,
    );
    sums.delta += delta === null
      ? 0
      : holds(estimateInterval(delta, test.multiplier), 0);
    sums.perCall += metric.isRate ? holds(a.calls, metric.truth) : 0;
  }
  return {
    estimate: sums.estimate / replicates,
    difference: sums.difference / replicates,
    lift: sums.lift / replicates,
    relativeDelta: sums.delta / replicates,
    perCall: metric.isRate ? sums.perCall / replicates : null,
  };
}
