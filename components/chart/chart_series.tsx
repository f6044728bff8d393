import type { JSX } from "preact";
import type { ChartLayout } from "./chart_layout.ts";
import { isLone, linePath } from "./line_path.ts";
import { Marker } from "./marker.tsx";
import { seriesStyle } from "./series_style.ts";
import { shortened } from "./shortened.ts";
import type { TimelineGrid } from "./timeline_grid.ts";

/** With more buckets than these, only telling points are marked. */
const MARK_ALL = 32;

/** Props of {@linkcode ChartSeries}. */
export interface ChartSeriesProps {
  layout: ChartLayout;
  grid: TimelineGrid;
  /** The bucket being read, if any. */
  active: number | null;
}

/** The line, marks and name of every variant. */
export function ChartSeries(
  { layout, grid, active }: ChartSeriesProps,
): JSX.Element {
  const { points, labels, right, labelWidth } = layout;
  return (
    <>
      {grid.series.map(({ name, index }, at) => {
        const { colour, dash, marker } = seriesStyle(index);
        const line = points[at] ?? [];
        // A line down to a bucket that is still filling would look like a fall.
        const over = line.map((point, place) =>
          place === grid.current ? null : point
        );
        const last = line.findLastIndex((point) => point !== null);
        const isMarked = (place: number): boolean =>
          line.length <= MARK_ALL || place === last || place === active ||
          isLone(over, place);
        const label = labels[at] ?? null;
        return (
          <g key={name} class={`series-${colour}`}>
            <path class="line" d={linePath(over)} stroke-dasharray={dash} />
            {line.map((point, place) =>
              point !== null && isMarked(place) && (
                <Marker
                  key={place}
                  shape={marker}
                  x={point.x}
                  y={point.y}
                  hollow={place === grid.current}
                />
              )
            )}
            {label !== null && (
              <>
                <Marker shape={marker} x={right + 14} y={label} />
                <text class="series-label" x={right + 22} y={label} dy="0.32em">
                  <title>{name}</title>
                  {shortened(name, labelWidth)}
                </text>
              </>
            )}
          </g>
        );
      })}
    </>
  );
}
