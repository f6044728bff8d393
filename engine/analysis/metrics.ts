import type { FlagStatistics } from "../statistics/flag_statistics.ts";
import { eventMetrics } from "./event_metrics.ts";
import type { Metric } from "./metric.ts";
import { QUANTILE_METRICS } from "./quantile_metrics.ts";
import { RATIO_METRICS } from "./ratio_metrics.ts";

/** Custom events that are analysed: the most frequent ones. */
export const MOST_EVENTS = 50;

/** What comes before an event's name in the ids of its metrics. */
const EVENT_METRIC = /^event_(?:rate|per_user|value):([\s\S]+)$/;

/**
 * The metrics of a flag: those that every flag has, and three for each of its
 * most frequent custom events.
 *
 * @param named Ids that the caller names: they are there however rare their
 * event is.
 * @param lowerIsBetter Ids whose direction the caller turns.
 */
export function metricsOf(
  statistics: FlagStatistics,
  named: readonly string[],
  lowerIsBetter: readonly string[],
): Metric[] {
  const metrics: Metric[] = [
    ...RATIO_METRICS,
    ...QUANTILE_METRICS,
    ...eventsOf(statistics, named).flatMap(eventMetrics),
  ];
  return metrics.map((metric) =>
    lowerIsBetter.includes(metric.metric)
      ? { ...metric, direction: "lower_is_better" }
      : metric
  );
}

function eventsOf(
  { variants }: FlagStatistics,
  named: readonly string[],
): string[] {
  const counts = new Map<string, bigint>();
  for (const { events } of variants) {
    for (const [name, { sums }] of events) {
      counts.set(name, (counts.get(name) ?? 0n) + sums.count);
    }
  }
  const wanted = new Set(
    named.flatMap((metric) => EVENT_METRIC.exec(metric)?.[1] ?? []),
  );
  const ranked = [...counts].sort(([a, m], [b, n]) =>
    m === n ? (a < b ? -1 : 1) : m < n ? 1 : -1
  ).map(([name]) => name);
  return ranked.filter((name, rank) => rank < MOST_EVENTS || wanted.has(name))
    .sort();
}
