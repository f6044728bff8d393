import type { MetricAnalysis } from "../../engine/analysis/metric_analysis.ts";

/**
 * What a metric is called where its figures stand on its display scale: those
 * of “Cost per call” are shown per 1,000 calls, and its name says so.
 */
export function metricLabel(
  { label, display }: Pick<MetricAnalysis, "label" | "display">,
): string {
  const [per] = /per 1,000 \w+$/.exec(display.unit) ?? [];
  return per === undefined ? label : label.replace(/(per|of a) \w+/, per);
}
