import type { JSX } from "preact";
import type { ChartLayout } from "./chart_layout.ts";

/** Props of {@linkcode ChartAxes}. */
export interface ChartAxesProps {
  layout: ChartLayout;
}

/** The lines and labels of values and times. */
export function ChartAxes({ layout }: ChartAxesProps): JSX.Element {
  const { left, right, top, bottom, valueTicks, timeTicks } = layout;
  return (
    <g class="axes" aria-hidden="true">
      {valueTicks.map(({ y, label }, index) => (
        <g key={label}>
          <line
            class={index === 0 ? "axis-line" : "grid-line"}
            x1={left}
            x2={right}
            y1={y}
            y2={y}
          />
          <text x={left - 8} y={y} dy="0.32em" text-anchor="end">{label}</text>
        </g>
      ))}
      {timeTicks.map(({ x, time, label, isDay }) => (
        <g key={time} class={isDay ? "day-tick" : undefined}>
          <line class="axis-line" x1={x} x2={x} y1={bottom} y2={bottom + 5} />
          {isDay && (
            <line class="grid-line" x1={x} x2={x} y1={top} y2={bottom} />
          )}
          <text x={x} y={bottom + 19} text-anchor="middle">{label}</text>
        </g>
      ))}
    </g>
  );
}
