import type { JSX } from "preact";
import type { Zone } from "../zone.ts";
import type { TimelineMetric } from "../timeline_metrics.ts";
import { ChartAxes } from "./chart_axes.tsx";
import { ChartCursor } from "./chart_cursor.tsx";
import { chartLayout } from "./chart_layout.ts";
import { ChartSeries } from "./chart_series.tsx";
import type { TimelineGrid } from "./timeline_grid.ts";

/** Props of {@linkcode TimelineChart}. */
export interface TimelineChartProps {
  grid: TimelineGrid;
  metric: TimelineMetric;
  width: number;
  /** The zone of its times. */
  zone: Zone;
  /** What the chart shows, in words. */
  label: string;
  /** The bucket being read, if any. */
  active: number | null;
  /** What that bucket says, in words. */
  activeText: string;
  /** Told which bucket to read; left out where no script runs. */
  onActive?: ((index: number | null) => void) | undefined;
}

/** One line per variant over time. The table beside it says the same. */
export function TimelineChart(props: TimelineChartProps): JSX.Element {
  const { grid, metric, width, zone, label, active, activeText, onActive } =
    props;
  const layout = chartLayout(grid, metric, width, zone);
  return (
    <svg
      class="chart"
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label={label}
    >
      <ChartAxes layout={layout} />
      <ChartSeries layout={layout} grid={grid} active={active} />
      {onActive && (
        <ChartCursor
          layout={layout}
          size={grid.times.length}
          active={active}
          activeText={activeText}
          onActive={onActive}
        />
      )}
    </svg>
  );
}
