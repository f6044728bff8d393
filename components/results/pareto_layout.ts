import type { ParetoPoint } from "../../engine/analysis/analysis.ts";
import type { DisplayScale } from "../../engine/analysis/metric_analysis.ts";
import { niceTicks } from "../chart/nice_ticks.ts";
import { type PlacedLabel, placeLabels } from "../chart/place_labels.ts";
import { estimatedWidth, shortened } from "../chart/shortened.ts";
import { formatTick } from "./format_metric.ts";

/** A tick of an axis, in pixels. */
export interface PlotTick {
  readonly at: number;
  readonly label: string;
}

/** A variant with both figures, in pixels. */
export interface PlotPoint {
  readonly variant: string;
  /** Its place among the flag's variants. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** The interval of its cost, null without one. */
  readonly xSpan: readonly [number, number] | null;
  /** The interval of its success. */
  readonly ySpan: readonly [number, number] | null;
  readonly onFront: boolean;
  /** Its name, as much of it as has room. */
  readonly name: string;
  /** Where that stands; null where there is no room. */
  readonly label: PlacedLabel | null;
}

/** Where everything in a plot of success against cost stands. */
export interface ParetoLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xTicks: readonly PlotTick[];
  readonly yTicks: readonly PlotTick[];
  readonly points: readonly PlotPoint[];
  /** The front from cheap to dear, as a path; empty with fewer than two. */
  readonly front: string;
}

const TOP = 16;
const BOTTOM = 46;
/** The same at every width: what is below stays where it is. */
const HEIGHT = 310;
/** Below the name of the upright axis. */
const TITLE = 30;
/** The most that a name takes. */
const NAME_WIDTH = 220;

/** How the two figures are written. */
export interface ParetoDisplay {
  readonly success: DisplayScale;
  readonly cost: DisplayScale;
}

/** Lays out a plot of a width: cost to the right, success upwards. */
export function paretoLayout(
  points: readonly ParetoPoint[],
  display: ParetoDisplay,
  width: number,
): ParetoLayout {
  const bottom = HEIGHT - BOTTOM;
  const known = points.flatMap((point, index) =>
    point.success === null || point.cost === null
      ? []
      : [{ ...point, success: point.success, cost: point.cost, index }]
  );
  const costs = niceTicks(
    known.flatMap((p) => [p.cost, ...boundsOf(p.cost_interval)]),
    Math.max(2, Math.floor(width / 130)),
    0,
  );
  const successes = niceTicks(
    known.flatMap((p) => [p.success, ...boundsOf(p.success_interval)]),
    5,
    null,
  );
  const successLabels = successes.ticks.map((tick) =>
    formatTick(tick, display.success)
  );
  const left = Math.ceil(Math.max(0, ...successLabels.map(estimatedWidth))) +
    16;
  const costLabels = costs.ticks.map((tick) => formatTick(tick, display.cost));
  // The last label stands half behind its tick.
  const right = Math.max(
    left + 40,
    width - Math.max(12, estimatedWidth(costLabels.at(-1) ?? "") / 2),
  );
  const x = (cost: number): number =>
    clamp(left, right, left + (right - left) * share(cost, costs));
  const y = (success: number): number =>
    clamp(TOP, bottom, bottom - (bottom - TOP) * share(success, successes));
  const placed = known.map((point) => ({
    variant: point.variant_name,
    index: point.index,
    x: x(point.cost),
    y: y(point.success),
    xSpan: spanOf(point.cost_interval, x, [left, right]),
    ySpan: spanOf(point.success_interval, y, [bottom, TOP]),
    onFront: point.on_front,
    name: shortened(point.variant_name, Math.min(NAME_WIDTH, width / 2)),
  }));
  const labels = placeLabels(
    placed.map(({ x, y, name }) => ({ x, y, width: estimatedWidth(name) })),
    { left, right: width, top: TITLE, bottom },
  );
  const front = placed.filter(({ onFront }) => onFront)
    .sort((a, b) => a.x - b.x);
  return {
    width,
    height: HEIGHT,
    left,
    right,
    top: TOP,
    bottom,
    xTicks: costs.ticks.map((tick, index) => ({
      at: x(tick),
      label: costLabels[index] ?? "",
    })),
    yTicks: successes.ticks.map((tick, index) => ({
      at: y(tick),
      label: successLabels[index] ?? "",
    })),
    points: placed.map((point, index) => ({
      ...point,
      label: labels[index] ?? null,
    })),
    front: front.length < 2
      ? ""
      : `M${
        front.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")
      }`,
  };
}

type Bounds = ParetoPoint["cost_interval"];

function boundsOf(interval: Bounds): number[] {
  return [interval?.lower, interval?.upper]
    .filter((bound) => bound !== null && bound !== undefined);
}

function spanOf(
  interval: Bounds,
  scale: (value: number) => number,
  [start, end]: readonly [number, number],
): readonly [number, number] | null {
  if (interval === null) return null;
  const { lower, upper } = interval;
  return [
    lower === null ? start : scale(lower),
    upper === null ? end : scale(upper),
  ];
}

function share(
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  return (value - min) / (max - min);
}

function clamp(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, value));
}
