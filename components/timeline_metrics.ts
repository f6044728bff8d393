/**
 * The figures that a timeline can show.
 *
 * @module
 */

import type { TimelinePoint } from "../engine/evaluation.ts";
import {
  formatCount,
  formatDuration,
  formatMean,
  formatMoney,
  formatRate,
  trimmed,
} from "./format.ts";

/** The figures of a point of a timeline. */
export type TimelineMetricId = Exclude<keyof TimelinePoint, "time">;

/** One figure of a timeline. */
export interface TimelineMetric {
  readonly id: TimelineMetricId;
  readonly label: string;
  /** A count is zero where nothing happened; a mean is unknown there. */
  readonly isCount: boolean;
  format(value: number): string;
  /** As `format`, without the digits that a round number does not need. */
  formatTick(value: number): string;
}

/** The figures that can be chosen, the first being the default. */
export const TIMELINE_METRICS: readonly [
  TimelineMetric,
  ...TimelineMetric[],
] = [
  rate("success_rate", "Success rate"),
  rate("error_rate", "Error rate"),
  figure("avg_latency_ms", "Mean latency", formatDuration),
  figure("avg_cost", "Mean cost", formatMoney),
  figure("total_cost", "Total cost", formatMoney),
  figure("avg_input_tokens", "Mean input tokens", formatMean),
  figure("avg_output_tokens", "Mean output tokens", formatMean),
  count("assignments", "Assignments"),
  count("executions", "Executions"),
  count("successes", "Successes"),
  count("failures", "Failures"),
  count("errors", "Errors"),
];

/** The figure of that id, or the default. */
export function timelineMetric(id: string | null): TimelineMetric {
  return TIMELINE_METRICS.find((metric) => metric.id === id) ??
    TIMELINE_METRICS[0];
}

function figure(
  id: TimelineMetricId,
  label: string,
  format: (value: number) => string,
): TimelineMetric {
  return {
    id,
    label,
    isCount: false,
    format,
    formatTick: (value) => trimmed(format(value)),
  };
}

function rate(id: TimelineMetricId, label: string): TimelineMetric {
  return {
    ...figure(id, label, formatRate),
    formatTick: (value) => `${Number((value * 100).toPrecision(6))}%`,
  };
}

function count(id: TimelineMetricId, label: string): TimelineMetric {
  return { ...figure(id, label, formatCount), isCount: true };
}
