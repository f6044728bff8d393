import type { Interval } from "../../engine/analysis/metric_analysis.ts";
import { niceStep } from "../chart/nice_ticks.ts";

/** A point of an axis. */
export interface EffectTick {
  /** On the axis' own scale. */
  readonly value: number;
  /** From 0, the left end, to 1. */
  readonly x: number;
}

/** An axis of differences with zero on it, the same for many intervals. */
export interface EffectAxis {
  readonly ticks: readonly EffectTick[];
  /** Where no difference stands, from 0 to 1. */
  readonly zero: number;
  /** Where a value stands, from 0 to 1; what lies beyond stands at the end. */
  x(value: number): number;
}

/** Where an interval is drawn, from 0 to 1. */
export interface EffectSpan {
  readonly from: number;
  readonly to: number;
  /** Null where the estimate itself lies beyond the axis. */
  readonly estimate: number | null;
  /** Whether it goes on beyond the axis, or has no bound. */
  readonly opensLeft: boolean;
  readonly opensRight: boolean;
  /** Where nearly all of it lies beyond an end of the axis, which end. */
  readonly beyond: "left" | "right" | null;
}

/** An estimate and its interval. */
export interface EffectRange {
  readonly estimate: number;
  readonly interval: Interval;
}

/** Beyond this, a relative difference is drawn as a ratio. */
const RATIO_FROM = 0.6;
/** What a ratio axis can be marked with, beside their inverses and 1. */
const RATIOS = [2, 4, 10, 100, 1000];

/**
 * The axis for a list of intervals. It shows three of four bounds: a few very
 * wide intervals would else make all others too narrow to read.
 *
 * @param relative Whether values are shares of the control. Large ones then
 * stand on a logarithmic axis, on which half and double are equally far from
 * no difference: else +300% would leave no room to see −20%. It ends there,
 * unless those of `primary` reach further.
 * @param primary The intervals that matter most.
 */
export function effectAxis(
  ranges: readonly EffectRange[],
  relative = false,
  primary: readonly EffectRange[] = ranges,
): EffectAxis {
  const bounds = ranges
    .flatMap(({ interval: { lower, upper } }) => [lower, upper])
    .filter((bound) => bound !== null);
  const estimates = ranges.map(({ estimate }) => estimate);
  // Of a few intervals none is left out.
  const share = ranges.length < 5 ? 1 : 0.75;
  const reachOf = (size: (value: number) => number): number =>
    Math.max(
      quantile(bounds.map(size), share),
      quantile(estimates.map(size), share),
    );
  const reach = reachOf(Math.abs);
  if (!relative || reach <= RATIO_FROM) return linearAxis(reach);
  const needed = primary
    .flatMap(({ estimate, interval: { lower, upper } }) =>
      [estimate, lower, upper].filter((value) => value !== null)
    )
    .map(ratioOf);
  return ratioAxis(Math.min(reachOf(ratioOf), Math.max(...needed)));
}

function linearAxis(reach: number): EffectAxis {
  const step = niceStep(reach > 0 ? reach / 2 : 0.05);
  const max = Math.max(step, Math.ceil(reach / step - 1e-9) * step);
  const steps = Math.round(max / step);
  const values = Array.from(
    { length: 2 * steps + 1 },
    (_, index) => Number(((index - steps) * step).toPrecision(12)),
  );
  return axisOf(values, (value) => (value + max) / (2 * max));
}

/** @param reach The greatest ratio, or inverse of one. */
function ratioAxis(reach: number): EffectAxis {
  const most = RATIOS.find((ratio) => ratio >= reach) ?? 1000;
  const ratios = RATIOS.filter((ratio) => ratio <= most);
  const values = [
    ...ratios.map((ratio) => 1 / ratio - 1).reverse(),
    0,
    ...ratios.map((ratio) => ratio - 1),
  ];
  const end = Math.log(most);
  return axisOf(
    values,
    (value) => value <= -1 ? 0 : (Math.log1p(value) + end) / (2 * end),
  );
}

function axisOf(
  values: readonly number[],
  place: (value: number) => number,
): EffectAxis {
  const x = (value: number): number => Math.min(1, Math.max(0, place(value)));
  return {
    ticks: values.map((value) => ({ value, x: x(value) })),
    zero: 0.5,
    x,
  };
}

/** How many times as much, or as little, a relative difference is. */
function ratioOf(value: number): number {
  if (value <= -1) return Infinity;
  return value < 0 ? 1 / (1 + value) : 1 + value;
}

/** So little of an interval cannot be told from the mark of its end. */
const SLIVER = 0.06;

/** Where an interval stands on an axis. */
export function effectSpan(
  axis: EffectAxis,
  { estimate, interval: { lower, upper } }: EffectRange,
): EffectSpan {
  const ends = axis.ticks.map(({ value }) => value);
  const [least, most] = [ends[0] ?? 0, ends.at(-1) ?? 0];
  const from = lower === null ? 0 : axis.x(lower);
  const to = upper === null ? 1 : axis.x(upper);
  return {
    from,
    to,
    estimate: estimate < least || estimate > most ? null : axis.x(estimate),
    opensLeft: lower === null || lower < least,
    opensRight: upper === null || upper > most,
    beyond: estimate > most && from > 1 - SLIVER
      ? "right"
      : estimate < least && to < SLIVER
      ? "left"
      : null,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}
