import { chanceToBeBest } from "../../../engine/statistics/chance_to_be_best.ts";
import { chanceToBeBestWithPrior } from "../../../engine/statistics/chance_to_be_best_with_prior.ts";
import type { Estimate } from "../../../engine/statistics/estimate.ts";
import type { NormalBelief } from "../../../engine/statistics/normal_posterior.ts";
import { randomOf } from "./random.ts";

/** The largest distance between a quadrature and random draws, in chances. */
export function bestArmError(draws: number, seed: number): number {
  const random = randomOf(seed);
  let worst = 0;
  for (const count of [2, 3, 5]) {
    const arms: NormalBelief[] = Array.from({ length: count }, () => ({
      mean: random.normal(),
      sd: 0.2 + random.uniform() * 2,
    }));
    const wins = arms.map(() => 0);
    for (let draw = 0; draw < draws; draw++) {
      const values = arms.map(({ mean, sd }) => mean + sd * random.normal());
      const best = values.indexOf(Math.max(...values));
      wins[best] = (wins[best] ?? 0) + 1;
    }
    chanceToBeBest(arms).forEach((chance, i) => {
      worst = Math.max(worst, Math.abs(chance - (wins[i] ?? 0) / draws));
    });
  }
  return worst;
}

/**
 * Whether chances mean what they say: arms are drawn from the prior, measured,
 * and the arm with the highest chance is taken. Its chance to be best, on
 * average, against how often it was.
 */
export function bestArmCalibration(
  replicates: number,
  seed: number,
): { stated: number; right: number } {
  const random = randomOf(seed);
  const spread = 0.1;
  let stated = 0;
  let right = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const truths = Array.from(
      { length: 4 },
      () => 1 + spread / Math.SQRT2 * random.normal(),
    );
    const arms: Estimate[] = truths.map((truth, i) => {
      const variance = 0.002 * (1 + i);
      return {
        users: 100,
        value: truth + Math.sqrt(variance) * random.normal(),
        variance,
      };
    });
    const chances = chanceToBeBestWithPrior(arms, spread);
    const best = Math.max(...chances);
    stated += best;
    if (truths.indexOf(Math.max(...truths)) === chances.indexOf(best)) right++;
  }
  return { stated: stated / replicates, right: right / replicates };
}
