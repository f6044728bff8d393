import type { EffectHistory } from "../../engine/analysis/effect_at_time.ts";
import type { IntervalKind } from "../../engine/analysis/analysis_options.ts";
import { niceTicks } from "../chart/nice_ticks.ts";
import { estimatedWidth } from "../chart/shortened.ts";
import { type TimeTick, timeTicks } from "../chart/time_ticks.ts";
import type { Zone } from "../zone.ts";
import { trimmed } from "../format.ts";
import { formatRelative } from "../results/format_relative.ts";

/** The effect of one variant over time, in pixels. */
export interface EffectSeries {
  readonly variant: string;
  /** The way of the estimate; empty without a point. */
  readonly line: string;
  /** What the interval covers; empty without one. */
  readonly band: string;
  /** The latest point. */
  readonly end: { readonly x: number; readonly y: number } | null;
}

/** Where everything in a chart of effects stands. */
export interface EffectLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly zero: number;
  readonly valueTicks: readonly {
    readonly y: number;
    readonly label: string;
  }[];
  readonly timeTicks: readonly (TimeTick & { readonly x: number })[];
  readonly series: readonly EffectSeries[];
  /** Where the marks of changes stand. */
  readonly marks: readonly number[];
}

const TOP = 12;
const BOTTOM = 28;
const HEIGHT = 280;
const MINUTE = 60_000;

/**
 * Lays out relative effects over time. The axis holds the estimates and the
 * later half of the intervals: those of the first days are very wide.
 *
 * @param changes Epoch milliseconds of what to mark.
 */
export function effectLayout(
  histories: readonly EffectHistory[],
  kind: IntervalKind,
  changes: readonly number[],
  width: number,
  zone: Zone,
): EffectLayout {
  const known = histories.map(({ variant_name, points }) => ({
    variant: variant_name,
    points: points.flatMap(({ time, relative }) =>
      relative === null
        ? []
        : [{ time, estimate: relative.estimate, ...relative[kind] }]
    ),
  }));
  const all = known.flatMap(({ points }) => points);
  const later = known.flatMap(({ points }) =>
    points.slice(Math.floor(points.length / 2))
  );
  const shown = [
    0,
    ...all.map(({ estimate }) => estimate),
    ...later.flatMap(({ lower, upper }) => [lower, upper])
      .filter((bound) => bound !== null),
  ];
  // A band that goes on beyond the axis must not seem to end at zero.
  const spare = [Math.min(...shown) / -8, Math.max(...shown) / -8];
  const values = niceTicks([...shown, ...spare], 5, null);
  const labels = values.ticks.map((tick) =>
    tick === 0 ? "0" : trimmed(formatRelative(tick))
  );
  const left = Math.ceil(Math.max(0, ...labels.map(estimatedWidth))) + 14;
  const right = Math.max(left + 40, width - 16);
  const bottom = HEIGHT - BOTTOM;
  const times = all.map(({ time }) => time);
  const last = Math.max(...times);
  const first = Math.min(...times, last - MINUTE);
  const x = (time: number): number =>
    left + (right - left) * (time - first) / (last - first);
  const y = (value: number): number => {
    const share = (value - values.min) / (values.max - values.min);
    return Math.min(bottom, Math.max(TOP, bottom - (bottom - TOP) * share));
  };
  return {
    width,
    height: HEIGHT,
    left,
    right,
    top: TOP,
    bottom,
    zero: y(0),
    valueTicks: values.ticks.map((tick, at) => ({
      y: y(tick),
      label: labels[at] ?? "",
    })),
    timeTicks: times.length === 0
      ? []
      : timeTicks(first, last, Math.floor((right - left) / 60), zone)
        .map((tick) => ({ ...tick, x: x(tick.time) })),
    series: known.map(({ variant, points }) => {
      const placed = points.map((point) => ({
        x: x(point.time),
        y: y(point.estimate),
        low: y(point.lower ?? values.min),
        high: y(point.upper ?? values.max),
      }));
      return {
        variant,
        line: pathOf(placed.map(({ x, y }) => [x, y])),
        band: bandOf(placed),
        end: placed.at(-1) ?? null,
      };
    }),
    marks: changes.filter((time) => time >= first && time <= last).map(x),
  };
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  if (points.length === 0) return "";
  return `M${
    points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")
  }`;
}

function bandOf(
  points: readonly {
    readonly x: number;
    readonly low: number;
    readonly high: number;
  }[],
): string {
  if (points.length < 2) return "";
  const above = points.map(({ x, high }) => [x, high] as const);
  const below = points.map(({ x, low }) => [x, low] as const).reverse();
  return `${pathOf([...above, ...below])}Z`;
}
