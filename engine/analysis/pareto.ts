import type { ParetoAnalysis, ParetoPoint } from "./analysis.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { dominates } from "../statistics/pareto_front.ts";
import { directionOf } from "./compare.ts";
import type { MetricResult } from "./metric_result.ts";
import type { Sample } from "./sample_counts.ts";

/** Where every variant stands between the primary metric and cost. */
export function paretoOf(
  results: readonly MetricResult[],
  { metric, cost_metric }: Pick<AnalysisOptions, "metric" | "cost_metric">,
): ParetoAnalysis {
  const success = resultOf(results, metric);
  const cost = resultOf(results, cost_metric);
  const perSuccess = resultOf(results, "cost_per_success");
  const directions = [success, cost].map((result) =>
    result === undefined ? "lower" : directionOf(result.metric)
  );
  const places = samplesOf(success).map((sample, place) => {
    const costs = samplesOf(cost)[place];
    const each = samplesOf(perSuccess)[place];
    return {
      variant_name: sample.variant,
      success: sample.value,
      success_interval: sample.alwaysValid,
      cost: costs?.value ?? null,
      cost_interval: costs?.alwaysValid ?? null,
      cost_per_success: each?.value ?? null,
      cost_per_success_interval: each?.alwaysValid ?? null,
    };
  });
  const figures = places.map(({ success, cost }) =>
    success === null || cost === null ? null : [success, cost]
  );
  const points = places.map((point, place): ParetoPoint => {
    const mine = figures[place] ?? null;
    const dominated = mine === null ? [] : places.filter((_, other) => {
      const theirs = figures[other] ?? null;
      return theirs !== null && dominates(theirs, mine, directions);
    });
    return {
      ...point,
      on_front: mine !== null && dominated.length === 0,
      dominated_by: dominated.map(({ variant_name }) => variant_name),
    };
  });
  return {
    success_metric: metric,
    cost_metric,
    points,
    front: points.filter(({ on_front }) => on_front)
      .sort((a, b) => (a.cost ?? 0) - (b.cost ?? 0))
      .map(({ variant_name }) => variant_name),
  };
}

function resultOf(
  results: readonly MetricResult[],
  id: string,
): MetricResult | undefined {
  return results.find(({ metric }) => metric.metric === id);
}

function samplesOf(result: MetricResult | undefined): Sample[] {
  return result === undefined
    ? []
    : [result.control, ...result.treatments.map(({ sample }) => sample)];
}
