import type { JSX } from "preact";
import { Marker } from "../chart/marker.tsx";
import { seriesStyle } from "../chart/series_style.ts";
import type { ParetoLayout, PlotPoint } from "./pareto_layout.ts";

/** Props of {@linkcode ParetoPlot}. */
export interface ParetoPlotProps {
  layout: ParetoLayout;
  /** What it shows, for those who do not see it; a table says the rest. */
  label: string;
  xLabel: string;
  yLabel: string;
}

/** Success against cost: up and to the left is better. */
export function ParetoPlot(
  { layout, label, xLabel, yLabel }: ParetoPlotProps,
): JSX.Element {
  const { width, height, left, right, top, bottom } = layout;
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
        {layout.yTicks.map(({ at, label }) => (
          <g key={label}>
            <line class="grid-line" x1={left} x2={right} y1={at} y2={at} />
            <text x={left - 8} y={at} dy="0.32em" text-anchor="end">
              {label}
            </text>
          </g>
        ))}
        {layout.xTicks.map(({ at, label }) => (
          <g key={label}>
            <line class="grid-line" x1={at} x2={at} y1={top} y2={bottom} />
            <text x={at} y={bottom + 18} text-anchor="middle">{label}</text>
          </g>
        ))}
        <line class="axis-line" x1={left} x2={right} y1={bottom} y2={bottom} />
        <text class="axis-title" x={right} y={height - 6} text-anchor="end">
          {xLabel} →
        </text>
        <text class="axis-title" x={left + 8} y={top + 4} dy="0.32em">
          ↑ {yLabel}
        </text>
      </g>
      {layout.front !== "" && <path class="front-line" d={layout.front} />}
      {layout.points.map((point) => (
        <Point
          key={point.variant}
          point={point}
        />
      ))}
    </svg>
  );
}

function Point(
  { point }: { point: PlotPoint },
): JSX.Element {
  const { x, y, xSpan, ySpan, index, variant, onFront, name, label } = point;
  const { colour, marker } = seriesStyle(index);
  return (
    <g class={`series-${colour}`}>
      <title>{variant}</title>
      {xSpan !== null && (
        <line class="whisker" x1={xSpan[0]} x2={xSpan[1]} y1={y} y2={y} />
      )}
      {ySpan !== null && (
        <line class="whisker" x1={x} x2={x} y1={ySpan[0]} y2={ySpan[1]} />
      )}
      <Marker shape={marker} x={x} y={y} hollow={!onFront} />
      {label !== null && (
        <text
          class="point-name"
          x={label.x}
          y={label.y}
          text-anchor={label.anchor}
        >
          {name}
        </text>
      )}
    </g>
  );
}
