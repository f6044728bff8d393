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
}

/** An estimate and its interval. */
export interface EffectRange {
  readonly estimate: number;
  readonly interval: Interval;
}

/**
 * The axis for a list of intervals. It shows three of four bounds: a few very
 * wide intervals would else make all others too narrow to read.
 */
export function effectAxis(ranges: readonly EffectRange[]): EffectAxis {
  const bounds = ranges
    .flatMap(({ interval: { lower, upper } }) => [lower, upper])
    .filter((bound) => bound !== null)
    .map(Math.abs);
  const estimates = ranges.map(({ estimate }) => Math.abs(estimate));
  // Of a few intervals none is left out.
  const share = ranges.length < 5 ? 1 : 0.75;
  const reach = Math.max(quantile(bounds, share), quantile(estimates, share));
  const step = niceStep(reach > 0 ? reach / 2 : 0.05);
  const max = Math.max(step, Math.ceil(reach / step - 1e-9) * step);
  const x = (value: number): number =>
    Math.min(1, Math.max(0, (value + max) / (2 * max)));
  const steps = Math.round(max / step);
  const ticks = Array.from({ length: 2 * steps + 1 }, (_, index) => {
    const value = Number(((index - steps) * step).toPrecision(12));
    return { value, x: x(value) };
  });
  return { ticks, zero: 0.5, x };
}

/** Where an interval stands on an axis. */
export function effectSpan(
  axis: EffectAxis,
  { estimate, interval: { lower, upper } }: EffectRange,
): EffectSpan {
  const ends = axis.ticks.map(({ value }) => value);
  const [least, most] = [ends[0] ?? 0, ends.at(-1) ?? 0];
  return {
    from: lower === null ? 0 : axis.x(lower),
    to: upper === null ? 1 : axis.x(upper),
    estimate: estimate < least || estimate > most ? null : axis.x(estimate),
    opensLeft: lower === null || lower < least,
    opensRight: upper === null || upper > most,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}
