import {
  cupedEstimate,
  cupedMeanArm,
  type CupedSums,
  cupedTheta,
} from "../../../engine/statistics/cuped.ts";
import { difference } from "../../../engine/statistics/difference.ts";
import { welchTest } from "../../../engine/statistics/welch.ts";
import { randomOf } from "./random.ts";

/** What adjusting for a covariate gives. */
export interface Adjusted {
  /** How often the adjusted 95% interval held the true difference. */
  readonly coverage: number;
  /** Its variance over that of the plain difference, on average. */
  readonly variance: number;
}

/**
 * Two arms whose users had a figure before that goes with the outcome by the
 * given correlation.
 */
export function adjusted(
  correlation: number,
  users: number,
  replicates: number,
  seed: number,
): Adjusted {
  const effect = 0.1;
  const unit = 1e6;
  let covered = 0;
  let variance = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = randomOf(seed + replicate);
    const [control, treatment] = [0, effect].map((shift) => {
      const sums = {
        users: BigInt(users),
        outcome: 0n,
        outcomeSquared: 0n,
        covariate: 0n,
        covariateSquared: 0n,
        product: 0n,
      } satisfies CupedSums;
      for (let user = 0; user < users; user++) {
        const before = random.normal();
        const after = correlation * before +
          Math.sqrt(1 - correlation ** 2) * random.normal();
        const x = BigInt(Math.round(before * unit));
        const y = BigInt(Math.round((after + shift) * unit));
        sums.outcome += y;
        sums.outcomeSquared += y * y;
        sums.covariate += x;
        sums.covariateSquared += x * x;
        sums.product += x * y;
      }
      return cupedMeanArm(sums);
    });
    if (control === undefined || treatment === undefined) continue;
    const theta = cupedTheta([control, treatment]);
    const arms = [theta, 0].map((of) =>
      [cupedEstimate(control, of), cupedEstimate(treatment, of)] as const
    );
    const [[a, b] = [], [plainA, plainB] = []] = arms;
    if (!a || !b || !plainA || !plainB) continue;
    const test = welchTest(a, b);
    if (test === null) continue;
    const truth = effect * unit;
    if (test.interval.lower <= truth && truth <= test.interval.upper) covered++;
    variance += difference(a, b).variance / difference(plainA, plainB).variance;
  }
  return { coverage: covered / replicates, variance: variance / replicates };
}
