import { benjaminiHochberg, holm } from "../statistics/multiple_testing.ts";
import type { AnalysisOptions, Margin } from "./analysis_options.ts";
import { compare, type Compared } from "./compare.ts";
import type { Shared } from "./shared.ts";
import type { Metric } from "./metric.ts";
import type { MetricRole, MetricStatus } from "./metric_analysis.ts";
import { DEFAULT_OPTIONS } from "./resolve_options.ts";
import { sampleOf } from "./sample.ts";
import type { Sample } from "./sample_counts.ts";
import { statusOf } from "./status.ts";
import type { VariantStatistics } from "../statistics/flag_statistics.ts";

/** A variant held against the control, with corrections made. */
export interface ComparedVariant extends Compared {
  readonly sample: Sample;
  readonly status: MetricStatus;
  readonly holm: number | null;
  readonly benjaminiHochberg: number | null;
  /** As {@linkcode Comparison.notWorse}, after Holm over all variants. */
  readonly notWorse: number;
}

/** A metric over all variants. */
export interface MetricResult {
  readonly metric: Metric;
  readonly role: MetricRole;
  readonly margin: Margin;
  readonly control: Sample;
  /** All variants but the control, in order. */
  readonly treatments: readonly ComparedVariant[];
}

interface Draft
  extends Pick<MetricResult, "metric" | "role" | "margin" | "control"> {
  readonly treatments: readonly (Compared & { readonly sample: Sample })[];
}

/**
 * Reads and compares every metric. A metric that no variant has a figure for
 * is left out, but not one that decides.
 *
 * @param variants The control first.
 */
export function metricResults(
  metrics: readonly Metric[],
  variants: readonly VariantStatistics[],
  options: AnalysisOptions,
  shared: Shared,
): MetricResult[] {
  const drafts = metrics.flatMap((metric) =>
    draftOf(metric, variants, options, shared)
  );
  // One false discovery rate over all that is only shown.
  const shown = drafts.filter(({ role }) => role === "information");
  const discovered = benjaminiHochberg(
    shown.flatMap((draft) => draft.treatments.map((one) => rawP(one, options))),
  );
  let next = 0;
  return drafts.map((draft) => ({
    ...draft,
    treatments: corrected(
      draft,
      options,
      draft.role === "information" ? () => discovered[next++] ?? 1 : () => null,
    ),
  }));
}

function draftOf(
  metric: Metric,
  variants: readonly VariantStatistics[],
  options: AnalysisOptions,
  shared: Shared,
): Draft[] {
  const role = roleOf(metric.metric, options);
  const samples = variants.map((variant) => sampleOf(metric, variant, shared));
  const [control, ...others] = samples;
  const isEmpty = samples.every(({ value }) => value === null);
  if (control === undefined || (isEmpty && role !== "primary")) return [];
  const margin = marginOf(metric.metric, options);
  return [{
    metric,
    role,
    margin,
    control,
    treatments: others.map((sample) => ({
      sample,
      ...compare(metric, control, sample, { ...options, margin }, shared),
    })),
  }];
}

function corrected(
  { role, treatments }: Draft,
  options: AnalysisOptions,
  falseDiscovery: () => number | null,
): ComparedVariant[] {
  const raw = treatments.map((one) => rawP(one, options));
  const decides = role === "primary" || role === "cost";
  const adjusted = decides ? holm(raw) : raw;
  const notWorse = holm(
    treatments.map((one) =>
      one.missing.length > 0 ? 1 : one.comparison?.notWorse ?? 1
    ),
  );
  return treatments.map((one, place) => ({
    ...one,
    status: statusOf(one, adjusted[place] ?? 1, options.alpha),
    holm: decides ? adjusted[place] ?? 1 : null,
    benjaminiHochberg: falseDiscovery(),
    notWorse: notWorse[place] ?? 1,
  }));
}

/** What cannot be compared yet stays in its family with a p-value of 1. */
function rawP(
  { comparison, missing }: Compared,
  { interval }: AnalysisOptions,
): number {
  return comparison === null || missing.length > 0 ? 1 : comparison.p[interval];
}

function roleOf(
  id: string,
  { metric, cost_metric, guardrails }: AnalysisOptions,
): MetricRole {
  if (id === metric) return "primary";
  if (id === cost_metric) return "cost";
  return guardrails.some((guardrail) => guardrail.metric === id)
    ? "guardrail"
    : "information";
}

/** An absolute margin is in the unit of the metric that it was given for. */
function marginOf(
  id: string,
  { metric, margin, guardrails }: AnalysisOptions,
): Margin {
  if (id === metric) return margin;
  const own = guardrails.find((guardrail) => guardrail.metric === id)?.margin;
  return own ?? (margin.kind === "relative" ? margin : DEFAULT_OPTIONS.margin);
}
