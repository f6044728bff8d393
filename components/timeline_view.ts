import type { Granularity } from "../engine/evaluation.ts";
import { type ChoiceParameter, FILE_FORMATS } from "./address_faults.tsx";
import {
  TIMELINE_METRICS,
  timelineMetric,
  type TimelineMetricId,
} from "./timeline_metrics.ts";
import {
  fittingGranularity,
  type FlagLife,
  GRANULARITIES,
  granularityNamed,
} from "./timeline_range.ts";

/** What a timeline shows, as the query of its page's address says it. */
export interface TimelineView {
  readonly metric: TimelineMetricId;
  readonly granularity: Granularity;
}

/** What has some values alone in the address of a page of timelines. */
export const TIMELINE_CHOICES: readonly ChoiceParameter[] = [
  { name: "metric", values: TIMELINE_METRICS.map(({ id }) => id) },
  { name: "granularity", values: GRANULARITIES },
  { name: "table", values: ["effect"] },
  FILE_FORMATS,
];

/** Reads `?metric=&granularity=`; what is missing or unknown gets a default. */
export function timelineView(
  query: URLSearchParams,
  life: FlagLife,
): TimelineView {
  return {
    metric: timelineMetric(query.get("metric")).id,
    granularity: granularityNamed(query.get("granularity")) ??
      fittingGranularity(life),
  };
}
