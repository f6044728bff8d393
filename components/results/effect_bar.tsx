import type { JSX } from "preact";
import type { MetricStatus } from "../../engine/analysis/metric_analysis.ts";
import { type EffectAxis, effectSpan } from "./effect_axis.ts";
import type { EffectRange } from "./effect_axis.ts";

/** Props of {@linkcode EffectBar}. */
export interface EffectBarProps {
  axis: EffectAxis;
  range: EffectRange;
  status: MetricStatus;
}

const HEIGHT = 24;
const MIDDLE = HEIGHT / 2;

/**
 * An interval on the common axis. The figures beside it say the same, so it is
 * hidden from screen readers. Widths are percentages: no script measures it.
 */
export function EffectBar(
  { axis, range, status }: EffectBarProps,
): JSX.Element {
  const { from, to, estimate, opensLeft, opensRight } = effectSpan(axis, range);
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
  return (
    <svg
      class={`effect effect-${status}`}
      width="100%"
      height={HEIGHT}
      aria-hidden="true"
    >
      {axis.ticks.map(({ x, value }) => (
        <line
          key={value}
          class={value === 0 ? "axis-line" : "grid-line"}
          x1={percent(x)}
          x2={percent(x)}
          y1="0"
          y2={HEIGHT}
        />
      ))}
      <line
        class="effect-line"
        x1={percent(from)}
        x2={percent(to)}
        y1={MIDDLE}
        y2={MIDDLE}
      />
      <End at={percent(from)} open={opensLeft} points="left" />
      <End at={percent(to)} open={opensRight} points="right" />
      {estimate !== null && (
        <circle
          class="effect-estimate"
          cx={percent(estimate)}
          cy={MIDDLE}
          r="4.5"
        />
      )}
    </svg>
  );
}

interface EndProps {
  at: string;
  open: boolean;
  points: "left" | "right";
}

/** An end of an interval: a stroke, or an arrow where it goes on. */
function End({ at, open, points }: EndProps): JSX.Element {
  const away = points === "left" ? -1 : 1;
  return (
    // A nested SVG lets a path stand at a percentage.
    <svg x={at} y={MIDDLE} overflow="visible">
      <path
        class="effect-end"
        d={open ? `M${-away * 5}-4 0 0 ${-away * 5} 4` : "M0-5V5"}
      />
    </svg>
  );
}
