import { adjusted } from "./adjusted.ts";
import { bestArmCalibration, bestArmError } from "./best_arm.ts";
import {
  COST_PER_CALL,
  COST_PER_USER,
  costPerSuccess,
  coverage,
  rateMetric,
  type SimulatedMetric,
} from "./coverage.ts";
import { DECISIONS } from "./decisions.ts";
import { peekWhileUsersGrow } from "./growing.ts";
import { peek } from "./peeking.ts";
import { quantileCoverage, quantilePeeking } from "./quantiles.ts";
import type { SimulatedFigure, SimulationCheck } from "./simulated_figure.ts";
import { splitAlarms } from "./split.ts";

function covers(
  title: string,
  metric: SimulatedMetric,
  users: number,
): SimulationCheck {
  return {
    title: `95% intervals, ${title}, ${users} users an arm, 9 calls each`,
    run: (replicates) => {
      const found = coverage(metric, users, replicates, 1);
      const trials = replicates;
      const figures: SimulatedFigure[] = [
        { label: "estimate", value: found.estimate, trials, min: 0.94 },
        { label: "difference", value: found.difference, trials, min: 0.94 },
        { label: "lift (Fieller)", value: found.lift, trials, min: 0.94 },
        { label: "lift (relative delta)", value: found.relativeDelta, trials },
      ];
      return found.perCall === null ? figures : [...figures, {
        label: "estimate, calls taken for independent",
        value: found.perCall,
        trials,
        max: 0.8,
      }];
    },
  };
}

function watches(rate: number, users: number): SimulationCheck {
  return {
    title: `400 looks at two equal arms, ${rate * 100}%, ${users} users an arm`,
    run: (replicates) => {
      const found = peek({
        rate,
        treatmentRate: rate,
        users,
        looks: 400,
        replicates,
        seed: 1,
      });
      const trials = replicates;
      return [
        { label: "always valid", value: found.alwaysValid, trials, max: 0.05 },
        { label: "one-sided", value: found.oneSided, trials, max: 0.05 },
        { label: "|z| > 1.96 at any", value: found.naive, trials, min: 0.2 },
        { label: "|z| > 1.96 at the last", value: found.fixed, trials },
      ];
    },
  };
}

function grows(
  correlation: number,
  users: number,
  joinOver: number,
): SimulationCheck {
  const joining = joinOver === 1
    ? "all there at first"
    : "joining half the time";
  return {
    title:
      `200 looks at two equal arms whose users go on calling, ${users} an arm, ${joining}, correlation ${correlation}`,
    run: (replicates) => {
      const found = peekWhileUsersGrow({
        rate: 0.5,
        correlation,
        users,
        joinOver,
        looks: 200,
        replicates,
        seed: 1,
      });
      const trials = replicates;
      return [
        { label: "always valid", value: found.alwaysValid, trials, max: 0.05 },
        { label: "|z| > 1.96 at any", value: found.naive, trials, min: 0.1 },
      ];
    },
  };
}

/** @param least How often the difference must be found at any look. */
function finds(users: number, least: number): SimulationCheck {
  return {
    title: `100 looks at 50% against 53%, ${users} users an arm`,
    run: (replicates) => {
      const found = peek({
        rate: 0.5,
        treatmentRate: 0.53,
        users,
        looks: 100,
        replicates,
        seed: 1,
      });
      const trials = replicates;
      return [
        {
          label: "found at any look",
          value: found.alwaysValid,
          trials,
          min: least,
        },
        { label: "found at the last look alone", value: found.fixed, trials },
        {
          label: "users an arm when it was found",
          value: found.usersAtCall,
          trials: null,
          max: users,
        },
      ];
    },
  };
}

/** Everything that is simulated. */
export const SIMULATIONS: readonly SimulationCheck[] = [
  covers("success rate 50%", rateMetric(0.5), 500),
  covers("success rate 5%", rateMetric(0.05), 1000),
  covers("cost per call, lognormal", COST_PER_CALL, 1000),
  covers("cost per user, lognormal", COST_PER_USER, 1000),
  covers("cost per success at 30%", costPerSuccess(0.3), 1000),
  watches(0.5, 2000),
  watches(0.05, 2000),
  watches(0.005, 4000),
  grows(0, 300, 1),
  grows(0.25, 600, 100),
  finds(1450, 0.3),
  // What a sequence needs more than one planned look: (3.32 + 0.84)² over
  // (1.96 + 0.84)².
  finds(3200, 0.75),
  ...[0.5, 0.9, 0.95, 0.99].map((share): SimulationCheck => ({
    title: `95% intervals of the ${share * 100}th percentile, 500 users an arm`,
    run: (replicates) => {
      const found = quantileCoverage(share, 500, replicates, 1);
      const trials = Math.round(replicates * found.answered);
      return [
        { label: "estimate", value: found.clustered, trials, min: 0.93 },
        { label: "difference", value: found.difference, trials, min: 0.93 },
        {
          label: "estimate, calls taken for independent",
          value: found.independent,
          trials,
          max: 0.94,
        },
      ];
    },
  })),
  {
    title: "10 looks at the 90th percentile of two equal arms, 600 users each",
    run: (replicates) => {
      const found = quantilePeeking(0.9, 600, 10, replicates, 1);
      const trials = replicates;
      return [
        { label: "always valid", value: found.alwaysValid, trials, max: 0.05 },
        { label: "|z| > 1.96 at any", value: found.naive, trials, min: 0.1 },
      ];
    },
  },
  {
    title: "400 looks at a right split of 50:30:20, 20,000 users",
    run: (replicates) => {
      const weights = [5, 3, 2];
      const found = splitAlarms(
        [0.5, 0.3, 0.2],
        weights,
        2e4,
        400,
        0.05,
        replicates,
        1,
      );
      const strict = splitAlarms(
        [0.5, 0.3, 0.2],
        weights,
        2e4,
        400,
        0.001,
        replicates,
        1,
      );
      const trials = replicates;
      return [
        {
          label: "always valid, at 5%",
          value: found.alwaysValid,
          trials,
          max: 0.05,
        },
        { label: "χ² at any, at 5%", value: found.naive, trials, min: 0.2 },
        {
          label: "always valid, at 0.1%",
          value: strict.alwaysValid,
          trials,
          max: 0.001,
        },
        { label: "χ² at any, at 0.1%", value: strict.naive, trials },
      ];
    },
  },
  {
    title: "a split of 52:48 that should be 50:50, 20,000 users, at 0.1%",
    run: (replicates) => {
      const found = splitAlarms(
        [0.52, 0.48],
        [1, 1],
        2e4,
        400,
        0.001,
        replicates,
        1,
      );
      return [
        {
          label: "found",
          value: found.alwaysValid,
          trials: replicates,
          min: 0.9,
        },
        {
          label: "users when it was found",
          value: found.usersAtAlarm,
          trials: null,
          max: 2e4,
        },
      ];
    },
  },
  {
    title:
      "difference adjusted for a figure from before, correlation 0.7, 300 users an arm",
    run: (replicates) => {
      const found = adjusted(0.7, 300, replicates, 1);
      return [
        {
          label: "95% interval",
          value: found.coverage,
          trials: replicates,
          min: 0.94,
        },
        // 1 − 0.7² = 0.51.
        {
          label: "variance over the plain one's",
          value: found.variance,
          trials: null,
          min: 0.48,
          max: 0.54,
        },
      ];
    },
  },
  {
    title: "chance to be best",
    run: (replicates) => {
      const draws = 250 * replicates;
      const { stated, right } = bestArmCalibration(10 * replicates, 1);
      return [
        {
          label: "furthest from random draws",
          value: bestArmError(draws, 1),
          trials: null,
          max: 4 * Math.sqrt(0.25 / draws),
        },
        { label: "stated of the leading arm", value: stated, trials: null },
        {
          label: "how often it was the best",
          value: right,
          trials: 10 * replicates,
          min: stated,
          max: stated,
        },
      ];
    },
  },
  ...DECISIONS,
];
