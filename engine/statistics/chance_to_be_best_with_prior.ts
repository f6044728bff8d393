import { chanceToBeBest } from "./chance_to_be_best.ts";
import type { Direction } from "./direction.ts";
import type { Estimate } from "./estimate.ts";
import { normalPdf } from "./normal_distribution.ts";
import type { NormalBelief } from "./normal_posterior.ts";

/** A standard normal variable in a few values: z and its weight. */
type Nodes = readonly (readonly [z: number, weight: number])[];

/** Where M draws all arms alike: its own mean will do, to 1e-4 in a chance. */
const ONE: Nodes = [[0, 1]];

/** Gauss–Hermite with five nodes (Abramowitz and Stegun, 1964, 25.4.46). */
const FIVE: Nodes = [
  [0, 0.5333333333333333],
  [1.355626179974266, 0.2220759220056126],
  [-1.355626179974266, 0.2220759220056126],
  [2.856970013872806, 0.01125741132772069],
  [-2.856970013872806, 0.01125741132772069],
];

/** The trapezoidal rule to 5.6 standard deviations: exact to 1e-7. */
const MANY: Nodes = Array.from({ length: 15 }, (_, k) => {
  const z = (k - 7) * 0.8;
  return [z, normalPdf(z) * 0.8];
});

/**
 * For each arm the chance that it is the best, with the same prior between
 * every two arms: a difference between any of them is N(0, s²) before the
 * data. So no arm is special, an arm with few users is drawn towards the
 * others, and with two arms it is the chance to beat the control.
 *
 * The model is a common mean M with a flat prior, and arms μ_i ~ N(M, s²/2).
 * Given M the arms are independent; M itself is integrated out where it
 * matters, that is, where it draws arms with unequal force.
 *
 * Source: Gelman et al. (2013), Bayesian data analysis, 5.4.
 *
 * @param arms With their own values, in the metric's unit.
 * @param sd s, in the metric's unit: the prior's spread of the lift times the
 * size of the control's value. Null for a flat prior.
 * @param direction Which way the metric is better. Default "higher".
 * @returns As many chances as arms; they sum to 1.
 *
 * @example
 * ```ts
 * import { chanceToBeBestWithPrior } from "./chance_to_be_best_with_prior.ts";
 * import assert from "node:assert/strict";
 *
 * const arms = [
 *   { users: 500, value: 0.5, variance: 0.0005 },
 *   { users: 500, value: 0.55, variance: 0.0005 },
 * ];
 * const [control, treatment] = chanceToBeBestWithPrior(arms, 0.15);
 * assert.equal(treatment?.toFixed(3), "0.939");
 * assert.equal(control?.toFixed(3), "0.061");
 * ```
 */
export function chanceToBeBestWithPrior(
  arms: readonly Estimate[],
  sd: number | null,
  direction: Direction = "higher",
): number[] {
  if (sd === null) {
    return chanceToBeBest(
      arms.map(({ value, variance }) => ({
        mean: value,
        sd: Math.sqrt(variance),
      })),
      direction,
    );
  }
  const between = sd * sd / 2;
  const common = commonMean(arms, between);
  const given = (mean: number): NormalBelief[] =>
    arms.map(({ value, variance }) => {
      const sum = between + variance;
      const weight = sum > 0 ? between / sum : 1;
      return {
        mean: weight * value + (1 - weight) * mean,
        sd: Math.sqrt(weight * variance),
      };
    });
  const pulls = arms.map(({ variance }) =>
    variance / (between + variance) || 0
  );
  const spread = common.sd * (Math.max(...pulls) - Math.min(...pulls));
  const least = Math.min(...given(common.mean).map((arm) => arm.sd));
  const ratio = spread / least || 0;
  const nodes = ratio < 0.02 ? ONE : ratio < 0.5 ? FIVE : MANY;
  const chances = arms.map(() => 0);
  for (const [z, weight] of nodes) {
    chanceToBeBest(given(common.mean + z * common.sd), direction)
      .forEach((chance, i) => {
        chances[i] = (chances[i] ?? 0) + chance * weight;
      });
  }
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}

/** The posterior of M. */
function commonMean(arms: readonly Estimate[], between: number): NormalBelief {
  const weights = arms.map(({ variance }) => 1 / (variance + between));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  // Arms that are all known exactly, and a prior without spread.
  if (!Number.isFinite(sum) || sum === 0) return { mean: 0, sd: 0 };
  return {
    mean: arms.reduce(
      (total, { value }, i) => total + value * (weights[i] ?? 0),
      0,
    ) / sum,
    sd: Math.sqrt(1 / sum),
  };
}
