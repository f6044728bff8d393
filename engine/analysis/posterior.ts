import { chanceToBeBestWithPrior } from "../statistics/chance_to_be_best_with_prior.ts";
import { differencePosterior } from "../statistics/difference_posterior.ts";
import type { Direction } from "../statistics/direction.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { chanceToBeat, expectedLoss } from "../statistics/normal_posterior.ts";
import type { Prior } from "./analysis_options.ts";
import type { Comparison } from "./compare.ts";
import type { MetricComparison } from "./metric_analysis.ts";

type Posterior = Pick<
  MetricComparison,
  "chance_to_beat_control" | "expected_loss"
>;

/** What the posterior says of one variant against the control. */
export function posteriorOf(
  { control, treatment }: Comparison,
  prior: Prior | null,
  direction: Direction,
): Posterior {
  const posterior = differencePosterior(
    control,
    treatment,
    prior === null ? null : { mean: 0, sd: prior.sd },
  );
  return {
    chance_to_beat_control: chanceToBeat(posterior, direction),
    expected_loss: expectedLoss(posterior, direction),
  };
}

/**
 * The chance of each arm to be the best of all; null where one of them has no
 * estimate.
 *
 * @param arms The control first: its size is what the prior is relative to.
 */
export function chancesToBeBest(
  arms: readonly (Estimate | null)[],
  prior: Prior | null,
  direction: Direction,
): (number | null)[] {
  const known = arms.filter((arm) => arm !== null);
  const [control] = known;
  if (control === undefined || known.length < Math.max(2, arms.length)) {
    return arms.map(() => null);
  }
  const size = Math.abs(control.value);
  return chanceToBeBestWithPrior(
    known,
    prior === null || size === 0 ? null : prior.sd * size,
    direction,
  );
}
