import type { TimelineMetric } from "../timeline_metrics.ts";
import type { ChartPoint } from "./line_path.ts";
import { linearTicks } from "./linear_ticks.ts";
import { estimatedWidth } from "./shortened.ts";
import { spreadLabels } from "./spread_labels.ts";
import { type TimeTick, timeTicks } from "./time_ticks.ts";
import type { Zone } from "../zone.ts";
import type { TimelineGrid } from "./timeline_grid.ts";

/** The width before the browser has said how much room there is. */
export const DEFAULT_WIDTH = 960;

const TOP = 12;
const BOTTOM = 28;
const LABEL_GAP = 16;
const NARROW = 560;

/** A tick of the upright axis. */
export interface ValueTick {
  readonly y: number;
  readonly label: string;
}

/** Where everything in a timeline chart stands, in pixels. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  /** The plot, without its axes and labels. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly valueTicks: readonly ValueTick[];
  readonly timeTicks: readonly (TimeTick & { readonly x: number })[];
  /** The points of each series; null is unknown. */
  readonly points: readonly (readonly (ChartPoint | null)[])[];
  /** Where the name of each series stands; null if it has no room or no point. */
  readonly labels: readonly (number | null)[];
  /** The room for a name beside the plot. */
  readonly labelWidth: number;
}

/** Lays out a timeline chart of a width. */
export function chartLayout(
  grid: TimelineGrid,
  metric: TimelineMetric,
  width: number,
  zone: Zone,
): ChartLayout {
  const narrow = width < NARROW;
  const height = narrow ? 260 : 300;
  const bottom = height - BOTTOM;
  const values = grid.series.flatMap((series) =>
    series.values.filter((value) => value !== null)
  );
  const axis = linearTicks(Math.max(0, ...values), 4, metric.isCount);
  const tickLabels = axis.ticks.map((tick) => metric.formatTick(tick));
  const left = Math.ceil(Math.max(...tickLabels.map(estimatedWidth))) + 14;
  const nameWidth = Math.max(
    0,
    ...grid.series.map((series) => estimatedWidth(series.name.slice(0, 60))),
  );
  const labelWidth = Math.min(nameWidth, narrow ? 64 : 170);
  const right = Math.max(left + 40, width - labelWidth - 30);

  const first = grid.times[0] ?? 0;
  const last = grid.times.at(-1) ?? first + 1;
  const x = (time: number): number =>
    left + (right - left) * (time - first) / Math.max(1, last - first);
  const y = (value: number): number =>
    bottom - (bottom - TOP) * Math.max(0, value) / axis.max;

  const points = grid.series.map(({ values }) =>
    values.map((value, index) =>
      value === null ? null : { x: x(grid.times[index] ?? first), y: y(value) }
    )
  );
  return {
    width,
    height,
    left,
    right,
    top: TOP,
    bottom,
    valueTicks: axis.ticks.map((tick, index) => ({
      y: y(tick),
      label: tickLabels[index] ?? "",
    })),
    timeTicks: timeTicks(first, last, Math.floor((right - left) / 60), zone)
      .map((tick) => ({ ...tick, x: x(tick.time) })),
    points,
    labels: spreadLabels(
      points.map((series) =>
        series.findLast((point) => point !== null)?.y ?? null
      ),
      LABEL_GAP,
      TOP,
      bottom,
    ),
    labelWidth,
  };
}
