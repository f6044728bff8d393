import type { Granularity } from "../engine/evaluation.ts";
import { timelineMetric, type TimelineMetricId } from "./timeline_metrics.ts";
import {
  fittingGranularity,
  type FlagLife,
  granularityNamed,
} from "./timeline_range.ts";

/** What a timeline shows, as the query of its page's address says it. */
export interface TimelineView {
  readonly metric: TimelineMetricId;
  readonly granularity: Granularity;
}

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
