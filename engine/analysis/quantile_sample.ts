import {
  type ClusteredQuantile,
  clusteredQuantile,
  quantileEstimate,
  quantileInterval,
} from "../statistics/clustered_quantile.ts";
import type { VariantStatistics } from "../statistics/flag_statistics.ts";
import { normalQuantile } from "../statistics/normal_distribution.ts";
import type { QuantileMetric } from "./metric.ts";
import type { Interval } from "./metric_analysis.ts";
import { LARGEST_MULTIPLIER } from "./quantile_effect.ts";
import { LEAST_EACH_SIDE, LEAST_USERS, type Sample } from "./sample_counts.ts";
import type { Shared } from "./shared.ts";

/** A quantile of a variant's sketch, with intervals clustered by user. */
export function quantileSample(
  { sketch, share, scale, over }: QuantileMetric,
  variant: VariantStatistics,
  shared: Shared,
): Sample {
  const users = Number(variant.users);
  const ranks = shared.ranks(variant.sketches[sketch]);
  const quantile = ranks === null ? null : clusteredQuantile(ranks, share);
  const count = ranks?.count ?? 0;
  const beyond = Math.floor(count * (1 - share) + 1e-9);
  const bounds = (multiplier: number): Interval | null =>
    quantile === null || multiplier > LARGEST_MULTIPLIER
      ? null
      : scaled(quantileInterval(quantile, multiplier), scale);
  const always = shared.multiplier(users);
  const required = quantile === null
    ? LEAST_EACH_SIDE
    : leastBeyond(quantile, beyond, always);
  return {
    variant: variant.name,
    users,
    estimate: quantile === null ? null : estimateOf(quantile, users, scale),
    quantile,
    value: quantile === null ? null : quantile.value * scale,
    interval: bounds(-normalQuantile(shared.alpha / 2)),
    alwaysValid: bounds(always),
    numerator: null,
    denominator: count,
    counts: [
      { what: "users", found: users, required: LEAST_USERS },
      { what: `${over} beyond the quantile`, found: beyond, required },
    ],
  };
}

/**
 * Values that must lie beyond a quantile: ten, and so many that it surely
 * does not lie above all of them. A rank's error falls with the root of the
 * number of values.
 */
function leastBeyond(
  quantile: ClusteredQuantile,
  beyond: number,
  multiplier: number,
): number {
  if (
    multiplier > LARGEST_MULTIPLIER ||
    quantileInterval(quantile, multiplier) !== null
  ) return LEAST_EACH_SIDE;
  const short = (multiplier * quantile.rankError / (1 - quantile.share)) ** 2;
  return Math.max(LEAST_EACH_SIDE, beyond + 1, Math.ceil(beyond * short));
}

function estimateOf(
  quantile: ClusteredQuantile,
  users: number,
  scale: number,
): Sample["estimate"] {
  const estimate = quantileEstimate(quantile, users);
  return estimate === null ? null : {
    ...estimate,
    value: estimate.value * scale,
    variance: estimate.variance * scale * scale,
  };
}

function scaled(
  interval: { readonly lower: number; readonly upper: number } | null,
  scale: number,
): Interval | null {
  return interval === null
    ? null
    : { lower: interval.lower * scale, upper: interval.upper * scale };
}
