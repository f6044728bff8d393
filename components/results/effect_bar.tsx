import type { JSX } from "preact";
import type { MetricStatus } from "../../engine/analysis/metric_analysis.ts";
import { VariantMark } from "../variant_label.tsx";
import { type EffectAxis, effectSpan } from "./effect_axis.ts";
import type { EffectRange } from "./effect_axis.ts";

/** Props of {@linkcode EffectBar}. */
export interface EffectBarProps {
  axis: EffectAxis;
  /** Names the axis' lines: the `id` of {@linkcode EffectGrid}. */
  grid: string;
  range: EffectRange;
  status: MetricStatus;
}

const HEIGHT = 24;
const MIDDLE = HEIGHT / 2;
/** The ends of intervals: a stroke, or an arrow where one goes on. */
const ENDS = {
  closed: "M0-5V5",
  left: "M5-4 0 0 5 4",
  right: "M-5-4 0 0 -5 4",
  // A whole interval that lies beyond an end of the axis.
  "beyond-left": "M14 0H2M7-5 2 0 7 5",
  "beyond-right": "M-14 0H-2M-7-5-2 0-7 5",
} as const;

/**
 * An interval on the common axis. The figures beside it say the same, so it is
 * hidden from screen readers. Widths are percentages: no script measures it.
 * What all bars have in common is in {@linkcode EffectShapes}, once.
 */
export function EffectBar(
  { axis, grid, range, status }: EffectBarProps,
): JSX.Element {
  const span = effectSpan(axis, range);
  const { from, to, estimate, opensLeft, opensRight, beyond } = span;
  const [start, end] = [percent(from), percent(to)];
  const ends = beyond === null
    ? [[opensLeft ? "left" : "closed", start], [
      opensRight ? "right" : "closed",
      end,
    ]]
    : [[`beyond-${beyond}`, start]];
  return (
    <svg
      class={`effect effect-${status}`}
      width="100%"
      height={HEIGHT}
      aria-hidden="true"
    >
      <use href={`#${grid}`} />
      <line class="effect-line" x1={start} x2={end} y1={MIDDLE} y2={MIDDLE} />
      {ends.map(([shape, x], at) => (
        <use
          key={at}
          class="effect-end"
          href={`#effect-${shape}`}
          x={x}
          y={MIDDLE}
        />
      ))}
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

/** Props of {@linkcode EffectShapes}. */
export interface EffectShapesProps {
  /** The axes of the bars, by the names of their lines. */
  grids: ReadonlyMap<string, EffectAxis>;
  /** How many variants there are, for whose labels it has marks. */
  variants: number;
}

/** The id of the mark of the variant at that place. */
export function markOf(index: number): string {
  return `variant-mark-${index}`;
}

/** What bars and labels are drawn with. */
export function EffectShapes(
  { grids, variants }: EffectShapesProps,
): JSX.Element {
  return (
    <svg class="visually-hidden" aria-hidden="true">
      <defs>
        {Object.entries(ENDS).map(([name, path]) => (
          <path key={name} id={`effect-${name}`} d={path} />
        ))}
        {[...grids].map(([id, { ticks }]) => (
          <g key={id} id={id}>
            {ticks.map(({ x, value }) => (
              <line
                key={value}
                class={value === 0 ? "axis-line" : "grid-line"}
                x1={percent(x)}
                x2={percent(x)}
                y1="0"
                y2={HEIGHT}
              />
            ))}
          </g>
        ))}
        {Array.from(
          { length: variants },
          (_, index) => (
            <g key={index} id={markOf(index)}>
              <VariantMark index={index} />
            </g>
          ),
        )}
      </defs>
    </svg>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
