import type { JSX } from "preact";
import { Marker } from "../chart/marker.tsx";
import { seriesStyle } from "../chart/series_style.ts";
import { estimatedWidth, shortened } from "../chart/shortened.ts";
import { type DistributionLayout, ROW } from "./distribution_layout.ts";

/** Props of {@linkcode DistributionChart}. */
export interface DistributionChartProps {
  layout: DistributionLayout;
  /** What it shows, for those who do not see it; a table says the rest. */
  label: string;
}

/** How values are spread, variant under variant, with their quantiles. */
export function DistributionChart(
  { layout, label }: DistributionChartProps,
): JSX.Element {
  const { width, height, left, right, bottom, ticks, rows } = layout;
  return (
    <svg
      class="chart"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <g class="axes" aria-hidden="true">
        {ticks.map(({ x, label }) => (
          <g key={label}>
            <line class="grid-line" x1={x} x2={x} y1="0" y2={bottom} />
            <text
              x={x}
              y={bottom + 18}
              text-anchor={anchorOf(x, label, width)}
            >
              {label}
            </text>
          </g>
        ))}
      </g>
      {rows.map(({ variant, index, base, area, marks }) => {
        const { colour, marker } = seriesStyle(index);
        return (
          <g key={variant} class={`series-${colour}`}>
            {area !== "" && <path class="density" d={area} />}
            <line class="axis-line" x1={left} x2={right} y1={base} y2={base} />
            {marks.map(({ share, x }, at) => (
              <g key={share}>
                <line
                  class="whisker"
                  x1={x}
                  x2={x}
                  y1={base - ROW}
                  y2={base}
                />
                {hasRoom(marks, at) && (
                  <text
                    class="quantile-name"
                    x={x}
                    y={base - ROW - 4}
                    text-anchor="middle"
                  >
                    p{Math.round(share * 100)}
                  </text>
                )}
              </g>
            ))}
            <Marker shape={marker} x={left + 4} y={base - ROW - 24} />
            <text class="point-name" x={left + 14} y={base - ROW - 20}>
              {shortened(variant, 180)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** A label at an end of the axis keeps within the picture. */
function anchorOf(
  x: number,
  label: string,
  width: number,
): "start" | "middle" | "end" {
  const half = estimatedWidth(label) / 2;
  return x < half ? "start" : x > width - half ? "end" : "middle";
}

/** What a quantile's name takes, in pixels. */
const NAME_WIDTH = 26;

/** Whether a name would not stand on the one before; the table has them all. */
function hasRoom(
  marks: readonly { readonly x: number }[],
  at: number,
): boolean {
  const [before, mark] = [marks[at - 1], marks[at]];
  return before === undefined || mark === undefined ||
    mark.x - before.x >= NAME_WIDTH;
}
