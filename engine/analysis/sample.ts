import type { Estimate } from "../statistics/estimate.ts";
import { estimateInterval } from "../statistics/estimate_interval.ts";
import { exactRatio } from "../statistics/exact_ratio.ts";
import type { VariantStatistics } from "../statistics/flag_statistics.ts";
import { ratioEstimate, type RatioSums } from "../statistics/ratio_estimate.ts";
import { tQuantile } from "../statistics/t_distribution.ts";
import { wilsonInterval } from "../statistics/wilson_interval.ts";
import type { Metric, RatioMetric } from "./metric.ts";
import type { Interval } from "./metric_analysis.ts";
import {
  LEAST_EACH_SIDE,
  LEAST_USERS,
  LEAST_VALUES,
  type Sample,
  type SampleCount,
} from "./sample_counts.ts";
import { quantileSample } from "./quantile_sample.ts";
import type { Shared } from "./shared.ts";

/** Reads a metric from a variant's sums. */
export function sampleOf(
  metric: Metric,
  variant: VariantStatistics,
  shared: Shared,
): Sample {
  return metric.kind === "quantile"
    ? quantileSample(metric, variant, shared)
    : ratioSample(metric, variant, shared);
}

function ratioSample(
  metric: RatioMetric,
  variant: VariantStatistics,
  shared: Shared,
): Sample {
  const users = Number(variant.users);
  const sums = metric.sums(variant);
  const estimate = estimateOf(metric, sums);
  const numerator = sums === null ? 0 : Number(sums.numerator) * metric.scale;
  const denominator = sums === null ? 0 : Number(sums.denominator);
  return {
    variant: variant.name,
    users,
    estimate,
    quantile: null,
    value: sums === null || sums.denominator === 0n
      ? null
      : exactRatio(sums.numerator, sums.denominator) * metric.scale,
    ...intervalsOf(metric, sums, estimate, shared),
    numerator,
    denominator,
    counts: [
      { what: "users", found: users, required: LEAST_USERS },
      ...countsOf(metric, numerator, denominator),
    ],
  };
}

/**
 * Where a rate has fewer than ten on one side, as if there were two more: none
 * of 1,000 failed does not mean that none ever will.
 *
 * Source: Agresti and Coull (1998), who add two successes and two failures.
 */
function estimateOf(
  { kind, scale }: RatioMetric,
  sums: RatioSums | null,
): Estimate | null {
  const estimate = sums === null ? null : ratioEstimate(sums, scale);
  if (sums === null || estimate === null || kind !== "rate") return estimate;
  const total = Number(sums.denominator);
  const rarer = Math.min(
    Number(sums.numerator),
    Number(sums.denominator - sums.numerator),
  );
  return rarer >= LEAST_EACH_SIDE ? estimate : {
    ...estimate,
    variance: Math.max(estimate.variance, (rarer + 2) / (total * total)),
  };
}

function countsOf(
  { kind, counted, rest, over }: RatioMetric,
  numerator: number,
  denominator: number,
): SampleCount[] {
  if (kind === "mean") {
    return over === "users"
      ? []
      : [{ what: over, found: denominator, required: LEAST_VALUES }];
  }
  return [
    { what: counted, found: numerator, required: LEAST_EACH_SIDE },
    {
      what: rest,
      found: denominator - numerator,
      required: LEAST_EACH_SIDE,
    },
  ];
}

function intervalsOf(
  metric: RatioMetric,
  sums: RatioSums | null,
  estimate: Estimate | null,
  { alpha, multiplier }: Shared,
): Pick<Sample, "interval" | "alwaysValid"> {
  if (sums === null || estimate === null) {
    return { interval: null, alwaysValid: null };
  }
  const bounded = (interval: Interval): Interval => within(metric, interval);
  const { users } = estimate;
  return {
    interval: metric.kind === "rate" && isUnclustered(sums)
      ? wilsonInterval(Number(sums.numerator), users, alpha)
      : bounded(
        estimateInterval(estimate, -tQuantile(alpha / 2, users - 1)),
      ),
    alwaysValid: bounded(estimateInterval(estimate, multiplier(users))),
  };
}

/** Every user is in the denominator exactly once. */
function isUnclustered(
  { users, denominator, denominatorSquared }: RatioSums,
): boolean {
  return denominator === users && denominatorSquared === users;
}

/** Shares end at 0 and 1; only an event's value can be negative. */
function within({ unit }: RatioMetric, { lower, upper }: Interval): Interval {
  if (unit === "value") return { lower, upper };
  return {
    lower: lower === null ? null : Math.max(0, lower),
    upper: unit === "share" && upper !== null ? Math.min(1, upper) : upper,
  };
}
