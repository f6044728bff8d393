import type { FlagStatistics } from "../statistics/flag_statistics.ts";
import type { FlagAnalysis, PaceAnalysis } from "./analysis.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { decide } from "./decide.ts";
import { distributionsOf } from "./distributions.ts";
import { guardrailVerdicts } from "./guardrails.ts";
import { healthOf } from "./health.ts";
import { sharedAt } from "./shared.ts";
import type { MetricAnalysis, MetricRole } from "./metric_analysis.ts";
import { metricDocument } from "./metric_document.ts";
import { metricResults } from "./metric_result.ts";
import { metricsOf } from "./metrics.ts";
import { paceOf } from "./pace.ts";
import { paretoOf } from "./pareto.ts";
import { standingsOf } from "./standing.ts";

/**
 * The version of the rules and formulas: another one may give other figures
 * for the same data.
 */
export const ENGINE_VERSION = "1";

/**
 * Analyses a flag: a pure function, so that the same data and options always
 * give the same figures and the same decision.
 *
 * @param options From {@linkcode resolveOptions}.
 */
export function analyze(
  statistics: FlagStatistics,
  options: AnalysisOptions,
): FlagAnalysis {
  const control = statistics.variants.filter(({ name }) =>
    name === options.control
  );
  const others = statistics.variants.filter(({ name }) =>
    name !== options.control
  );
  const variants = [...control, ...others];
  const shared = sharedAt(options.alpha);
  const named = [
    options.metric,
    options.cost_metric,
    ...options.guardrails.map(({ metric }) => metric),
  ];
  const results = metricResults(
    metricsOf(statistics, named, options.lower_is_better),
    variants,
    options,
    shared,
  );
  const paced = paceOf({ ...statistics, variants });
  const usersPerDay = new Map(
    paced.variants.map((one) => [one.variant_name, one.users_per_day]),
  );
  const metrics = results.map((result) =>
    metricDocument(result, options, usersPerDay)
  );
  const guardrails = guardrailVerdicts(results, options);
  const health = healthOf(statistics, variants, options, shared);
  const pace = { ...paced, days_left: daysLeftOf(metrics) };
  const standings = standingsOf(results, guardrails, health, options);
  return {
    engine_version: ENGINE_VERSION,
    options,
    variant_names: variants.map(({ name }) => name),
    decision: decide({ options, health, standings, results, metrics, pace }),
    metrics: inOrder(metrics),
    guardrails,
    pareto: paretoOf(results, options),
    distributions: distributionsOf(variants, shared),
    pace,
    health,
  };
}

/** Of the primary metric: until the slowest comparison is through. */
function daysLeftOf(
  metrics: readonly MetricAnalysis[],
): PaceAnalysis["days_left"] {
  const primary = metrics.find(({ role }) => role === "primary");
  const days = (primary?.variants ?? []).flatMap(({ comparison }) =>
    comparison === null ? [] : [comparison.days_left]
  );
  return days.includes(null) || days.length === 0
    ? null
    : Math.max(...days.map((one) => one ?? 0));
}

const ORDER: readonly MetricRole[] = [
  "primary",
  "cost",
  "guardrail",
  "information",
];

function inOrder(metrics: readonly MetricAnalysis[]): MetricAnalysis[] {
  return [...metrics].sort((a, b) =>
    ORDER.indexOf(a.role) - ORDER.indexOf(b.role)
  );
}
