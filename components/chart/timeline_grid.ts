import type { FlagTimeline, TimelinePoint } from "../../engine/evaluation.ts";
import type { TimelineMetric } from "../timeline_metrics.ts";
import { SPANS } from "../timeline_range.ts";

/** The values of one variant, one per bucket; null is unknown. */
export interface GridSeries {
  readonly name: string;
  /** The place of the variant among the flag's, which decides its look. */
  readonly index: number;
  readonly values: readonly (number | null)[];
}

/** A timeline with a place for every bucket, whether or not anything happened. */
export interface TimelineGrid {
  /** The start of each bucket, in epoch milliseconds. */
  readonly times: readonly number[];
  readonly bucketMs: number;
  readonly series: readonly GridSeries[];
  /** The bucket that now is in, which is still filling; -1 if not shown. */
  readonly current: number;
}

/**
 * Lays a timeline out bucket by bucket.
 *
 * Where nothing happened, a count is zero from the first bucket with anything
 * in it to the last one that is over, and every other figure is unknown.
 */
export function timelineGrid(
  timeline: FlagTimeline,
  metric: TimelineMetric,
  variantNames: readonly string[],
  now: number,
): TimelineGrid {
  const { bucketMs } = SPANS[timeline.granularity];
  const from = Math.floor(Date.parse(timeline.from) / bucketMs) * bucketMs;
  const size = Math.max(
    0,
    Math.ceil((Date.parse(timeline.to) - from) / bucketMs) || 0,
  );
  const times = Array.from({ length: size }, (_, i) => from + i * bucketMs);
  const current = times.findIndex((time) =>
    time <= now && now < time + bucketMs
  );

  const bucketOf = (point: TimelinePoint): number =>
    Math.floor((Date.parse(point.time) - from) / bucketMs);
  const first = Math.min(
    ...timeline.series.flatMap((series) => series.points.map(bucketOf)),
  );
  const isQuiet = (index: number): boolean =>
    index >= first && (times[index] ?? Infinity) + bucketMs <= now;

  const known = new Map(
    timeline.series.map((series) => [series.variant_name, series.points]),
  );
  const names = [...new Set([...variantNames, ...known.keys()])];
  const series = names.map((name, index) => {
    const values: (number | null)[] = times.map((_, at) =>
      metric.isCount && isQuiet(at) ? 0 : null
    );
    for (const point of known.get(name) ?? []) {
      const at = bucketOf(point);
      if (at >= 0 && at < size) values[at] = point[metric.id];
    }
    return { name, index, values };
  });
  return { times, bucketMs, series, current };
}
