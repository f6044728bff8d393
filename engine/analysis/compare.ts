import { difference, relativeLift } from "../statistics/difference.ts";
import type { Direction } from "../statistics/direction.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { estimateInterval } from "../statistics/estimate_interval.ts";
import { fiellerInterval } from "../statistics/fieller_interval.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { missingOf } from "./gate.ts";
import type { Shared } from "./shared.ts";
import { distanceToMargin } from "./margin.ts";
import type { Metric } from "./metric.ts";
import type { Effect, Missing } from "./metric_analysis.ts";
import type { Sample } from "./sample_counts.ts";
import { quantileEffect } from "./quantile_effect.ts";
import {
  pValueOf,
  quantileTestersOf,
  type Testers,
  testersOf,
} from "./tester.ts";

/** A variant against the control on one metric, before corrections. */
export interface Comparison {
  readonly control: Estimate;
  readonly treatment: Estimate;
  /** How much better the variant is: (treatment − control) × direction. */
  readonly gain: number;
  readonly absolute: Effect;
  readonly relative: Effect | null;
  readonly p: { readonly always_valid: number; readonly fixed: number };
  /** p-value of "worse than the margin allows". */
  readonly notWorse: number;
  /** Of "better than the margin". */
  readonly notBetter: number;
}

/** What there is to say of two samples: a comparison, or what it lacks. */
export interface Compared {
  readonly comparison: Comparison | null;
  readonly missing: readonly Missing[];
}

/** 1 where higher is better, −1 where lower is. */
export function goodOf({ direction }: Pick<Metric, "direction">): 1 | -1 {
  return direction === "higher_is_better" ? 1 : -1;
}

/** The same in words. */
export function directionOf(metric: Pick<Metric, "direction">): Direction {
  return goodOf(metric) === 1 ? "higher" : "lower";
}

/** Compares a variant with the control, as far as the data go. */
export function compare(
  metric: Metric,
  control: Sample,
  treatment: Sample,
  options: AnalysisOptions,
  shared: Shared,
): Compared {
  return {
    comparison: comparisonOf(metric, control, treatment, options, shared),
    missing: missingOf(metric, control, treatment),
  };
}

function comparisonOf(
  metric: Metric,
  controlSample: Sample,
  treatmentSample: Sample,
  { interval, margin }: AnalysisOptions,
  shared: Shared,
): Comparison | null {
  const [control, treatment] = [
    controlSample.estimate,
    treatmentSample.estimate,
  ];
  if (control === null || treatment === null) return null;
  const users = control.users + treatment.users;
  const testers = metric.kind === "quantile"
    ? quantileTestersOf(users, shared)
    : testersOf(control, treatment, shared);
  const effect = metric.kind === "quantile"
    ? quantileEffect(
      controlSample.quantile,
      treatmentSample.quantile,
      testers,
      metric.scale,
    )
    : ratioEffect(control, treatment, testers);
  if (effect === null) return null;
  const good = goodOf(metric);
  const tester = testers[interval];
  const beyond = (towards: 1 | -1): number => {
    const distance = distanceToMargin(control, treatment, margin, towards);
    if (distance.value <= 0) {
      return distance.value === 0 && distance.variance === 0 ? 0 : 1;
    }
    return pValueOf(tester, distance);
  };
  return {
    control,
    treatment,
    ...effect,
    gain: good * effect.absolute.estimate,
    notWorse: beyond(good),
    notBetter: beyond(good === 1 ? -1 : 1),
  };
}

function ratioEffect(
  control: Estimate,
  treatment: Estimate,
  testers: Testers,
): Pick<Comparison, "absolute" | "relative" | "p"> {
  const effect = difference(control, treatment);
  return {
    absolute: {
      estimate: effect.value,
      always_valid: estimateInterval(effect, testers.always_valid.multiplier),
      fixed: estimateInterval(effect, testers.fixed.multiplier),
    },
    relative: relativeOf(control, treatment, testers),
    p: {
      always_valid: pValueOf(testers.always_valid, effect),
      fixed: pValueOf(testers.fixed, effect),
    },
  };
}

function relativeOf(
  control: Estimate,
  treatment: Estimate,
  testers: Testers,
): Effect | null {
  const estimate = relativeLift(control, treatment);
  const fixed = fiellerInterval(control, treatment, testers.fixed.multiplier);
  if (estimate === null || fixed === null) return null;
  const open = { lower: null, upper: null };
  return {
    estimate,
    always_valid:
      fiellerInterval(control, treatment, testers.always_valid.multiplier) ??
        open,
    fixed,
  };
}
