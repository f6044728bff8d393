import type { FlagStatistics } from "../statistics/flag_statistics.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import type { EffectAtTime, EffectHistory } from "./effect_at_time.ts";
import { metricResults } from "./metric_result.ts";
import { RATIO_METRICS } from "./ratio_metrics.ts";
import { sharedAt } from "./shared.ts";

/**
 * The effect on a metric at each of some times, as the analysis of that time
 * said or would have said it. The always-valid intervals of all times hold
 * together: that is what makes them safe to watch.
 *
 * @param snapshots The earliest first.
 * @param metricId A metric that is made of sums: quantiles have no history.
 * @returns One for each variant but the control; empty for another metric.
 */
export function effectHistory(
  snapshots: readonly {
    readonly time: number;
    readonly statistics: FlagStatistics;
  }[],
  options: AnalysisOptions,
  metricId: string,
): EffectHistory[] {
  const metric = RATIO_METRICS.find(({ metric }) => metric === metricId);
  if (metric === undefined) return [];
  const shared = sharedAt(options.alpha);
  const histories = new Map<string, EffectAtTime[]>();
  for (const { time, statistics } of snapshots) {
    const variants = [...statistics.variants].sort((a, b) =>
      Number(b.name === options.control) - Number(a.name === options.control)
    );
    if (variants[0]?.name !== options.control) continue;
    const [result] = metricResults([metric], variants, options, shared);
    for (const treatment of result?.treatments ?? []) {
      const { sample, comparison, missing } = treatment;
      const points = histories.get(sample.variant) ?? [];
      histories.set(sample.variant, points);
      const isEnough = missing.length === 0;
      points.push({
        time,
        users: sample.users + (result?.control.users ?? 0),
        relative: isEnough ? comparison?.relative ?? null : null,
        absolute: isEnough ? comparison?.absolute ?? null : null,
      });
    }
  }
  return [...histories].map(([variant_name, points]) => ({
    variant_name,
    points,
  }));
}
