import type { IntervalKind } from "../../engine/analysis/analysis_options.ts";
import type {
  Effect,
  Interval,
  MetricAnalysis,
  MetricComparison,
} from "../../engine/analysis/metric_analysis.ts";
import { formatAbsolute } from "./format_metric.ts";
import { formatRelative } from "./format_relative.ts";
import type { EffectRange } from "./effect_axis.ts";

/** Whether differences are shown in percent of the control or in the metric's unit. */
export type DifferenceScale = "relative" | "absolute";

/** The scale that an address asks for; relative by default. */
export function scaleOf(text: string | null): DifferenceScale {
  return text === "absolute" ? "absolute" : "relative";
}

/** A difference as it is to be shown. */
export interface ShownDifference {
  readonly estimate: number;
  readonly interval: Interval;
  /** How to write any of its figures. */
  readonly format: (value: number) => string;
}

/** The difference on the scale asked for, or null where it has none. */
export function shownDifference(
  metric: Pick<MetricAnalysis, "display" | "unit">,
  comparison: MetricComparison,
  scale: DifferenceScale,
  kind: IntervalKind,
): ShownDifference | null {
  const effect: Effect | null = comparison[scale];
  if (effect === null) return null;
  return {
    estimate: effect.estimate,
    interval: effect[kind],
    format: scale === "relative"
      ? formatRelative
      : (value) => formatAbsolute(value, metric.display, metric.unit),
  };
}

/**
 * What an axis is made for, from all comparisons of some metrics: those with
 * too few data count only where there are no others.
 */
export function rangesOf(
  metrics: readonly MetricAnalysis[],
  scale: DifferenceScale,
  kind: IntervalKind,
): EffectRange[] {
  const compared = metrics.flatMap((metric) =>
    metric.variants.flatMap(({ comparison }) => {
      const shown = comparison &&
        shownDifference(metric, comparison, scale, kind);
      return shown ? [{ ...shown, status: comparison.status }] : [];
    })
  );
  const known = compared.filter(({ status }) => status !== "not_enough_data");
  return known.length > 0 ? known : compared;
}
