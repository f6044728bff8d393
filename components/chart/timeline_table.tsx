import type { JSX } from "preact";
import { FigureCell } from "../figure_cell.tsx";
import { formatBucket, formatBucketIn } from "../format_bucket.ts";
import { UTC, type Zone } from "../zone.ts";
import { ScrollBox } from "../scroll_box.tsx";
import type { TimelineMetric } from "../timeline_metrics.ts";
import { VariantLabel } from "../variant_label.tsx";
import type { TimelineGrid } from "./timeline_grid.ts";

/** Props of {@linkcode TimelineTable}. */
export interface TimelineTableProps {
  grid: TimelineGrid;
  metric: TimelineMetric;
  /** What the table shows. */
  label: string;
  /** The zone of its times. */
  zone: Zone;
}

/** The chart's values, newest first; buckets with none are left out. */
export function TimelineTable(
  { grid, metric, label, zone }: TimelineTableProps,
): JSX.Element {
  const rows = grid.times
    .map((time, index) => ({ time, index }))
    .filter(({ index }) =>
      grid.series.some(({ values }) => (values[index] ?? null) !== null)
    )
    .reverse();
  return (
    <ScrollBox label={`Table: ${label}`}>
      <table class="timeline-table">
        <caption class="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{zone === UTC ? "Time (UTC)" : "Time"}</th>
            {grid.series.map(({ name, index }) => (
              <th key={name} scope="col">
                <VariantLabel name={name} index={index} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, index }) => (
            <tr key={time}>
              <th
                scope="row"
                title={formatBucketIn(time, grid.bucketMs, UTC)}
              >
                {formatBucket(time, grid.bucketMs, zone)}
              </th>
              {grid.series.map(({ name, values }) => {
                const value = values[index] ?? null;
                return (
                  <FigureCell
                    key={name}
                    text={value === null ? null : metric.format(value)}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
