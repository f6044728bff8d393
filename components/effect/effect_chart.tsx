import type { JSX } from "preact";
import { Marker } from "../chart/marker.tsx";
import { seriesStyle } from "../chart/series_style.ts";
import type { EffectLayout } from "./effect_layout.ts";

/** Props of {@linkcode EffectChart}. */
export interface EffectChartProps {
  layout: EffectLayout;
  /** The place of a variant among the flag's, which decides its look. */
  indexOf: (variant: string) => number;
  /** What it shows, for those who do not see it; a table says the rest. */
  label: string;
}

/** The effect of each variant over time, with its interval as a band. */
export function EffectChart(
  { layout, indexOf, label }: EffectChartProps,
): JSX.Element {
  const { width, height, left, right, top, bottom, zero } = layout;
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
        {layout.valueTicks.map(({ y, label }) => (
          <g key={label}>
            <line class="grid-line" x1={left} x2={right} y1={y} y2={y} />
            <text x={left - 8} y={y} dy="0.32em" text-anchor="end">
              {label}
            </text>
          </g>
        ))}
        {layout.timeTicks.map(({ x, time, label }) => (
          <text key={time} x={x} y={bottom + 19} text-anchor="middle">
            {label}
          </text>
        ))}
        <line class="zero-line" x1={left} x2={right} y1={zero} y2={zero} />
      </g>
      {layout.marks.map((x) => (
        <g key={x} class="change-mark">
          <line x1={x} x2={x} y1={top} y2={bottom} />
          <path d={`M${x - 5} ${top}h10l-5 8Z`} />
        </g>
      ))}
      {layout.series.map(({ variant, line, band, end }) => {
        const { colour, dash, marker } = seriesStyle(indexOf(variant));
        return (
          <g key={variant} class={`series-${colour}`}>
            {band !== "" && <path class="band" d={band} />}
            {line !== "" && (
              <path class="line" d={line} stroke-dasharray={dash} />
            )}
            {end !== null && <Marker shape={marker} x={end.x} y={end.y} />}
          </g>
        );
      })}
    </svg>
  );
}
