import type { JSX } from "preact";
import { formatBucketIn } from "../format_bucket.ts";
import { UTC, type Zone } from "../zone.ts";
import type { TimelineMetric } from "../timeline_metrics.ts";
import { Value } from "../value.tsx";
import { VariantLabel } from "../variant_label.tsx";
import type { TimelineGrid } from "./timeline_grid.ts";

/** Props of {@linkcode TimelineLegend}. */
export interface TimelineLegendProps {
  grid: TimelineGrid;
  metric: TimelineMetric;
  /** The bucket whose values are shown. */
  index: number;
  /** The zone of its times. */
  zone: Zone;
}

/** Every variant with its look and its value in one bucket. */
export function TimelineLegend(
  { grid, metric, index, zone }: TimelineLegendProps,
): JSX.Element {
  const time = grid.times[index];
  return (
    <div class="legend">
      <p class="legend-time">
        {time !== undefined && (
          <span title={formatBucketIn(time, grid.bucketMs, UTC)}>
            {formatBucketIn(time, grid.bucketMs, zone)}
          </span>
        )}
        {index === grid.current && <span class="muted">still filling</span>}
      </p>
      <ul>
        {grid.series.map((series) => (
          <li key={series.name}>
            <VariantLabel name={series.name} index={series.index} lines={1} />
            <span class="number">
              <Value
                value={series.values[index] ?? null}
                format={metric.format}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The values of one bucket as a sentence. */
export function legendText(
  { grid, metric, index, zone }: TimelineLegendProps,
): string {
  const time = grid.times[index];
  if (time === undefined) return "";
  const values = grid.series.map(({ name, values }) => {
    const value = values[index] ?? null;
    return `${name} ${value === null ? "unknown" : metric.format(value)}`;
  });
  return `${formatBucketIn(time, grid.bucketMs, zone)}: ${values.join(", ")}`;
}
