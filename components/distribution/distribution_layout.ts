import type {
  DistributionAnalysis,
  DistributionVariant,
} from "../../engine/analysis/distribution.ts";
import { estimatedWidth } from "../chart/shortened.ts";
import { formatTick } from "../results/format_metric.ts";
import { logTicks } from "./log_ticks.ts";

/** The values of one variant as a stepped outline, in pixels. */
export interface DistributionRow {
  readonly variant: string;
  readonly index: number;
  /** The line on which it stands. */
  readonly base: number;
  /** A closed path; empty without values. */
  readonly area: string;
  /** Where its quantiles stand. */
  readonly marks: readonly { readonly x: number; readonly share: number }[];
}

/** Where everything in a chart of distributions stands. */
export interface DistributionLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly rows: readonly DistributionRow[];
  /** How many values of all variants lie at zero, left of every tick. */
  readonly zeros: number;
}

/** The quantiles of one variant, in the distribution's unit. */
export type Quantiles = ReadonlyMap<
  string,
  readonly { readonly share: number; readonly value: number }[]
>;

const TOP = 8;
const BOTTOM = 28;
/** How high a variant's shape is at its highest. */
export const ROW: number = 64;
/** Above it stand the names of its quantiles, and above those its own. */
const GAP = 40;
const SIDE = 12;

/** Lays out one row for each variant over a common logarithmic axis. */
export function distributionLayout(
  { variants, display }: Pick<DistributionAnalysis, "variants" | "display">,
  quantiles: Quantiles,
  width: number,
): DistributionLayout {
  const bins = variants.flatMap((variant) => variant.bins)
    .filter(({ lower, upper }) => upper > 0 && lower >= 0);
  const positive = bins.filter(({ lower }) => lower > 0);
  const least = Math.min(...positive.map(({ lower }) => lower));
  const most = Math.max(...bins.map(({ upper }) => upper));
  const left = SIDE;
  const right = Math.max(left + 80, width - SIDE);
  const [from, to] = [Math.log(least), Math.log(Math.max(most, least * 2))];
  const x = (value: number): number =>
    value <= least
      ? left
      : left + (right - left) * (Math.log(value) - from) / (to - from);
  const tickWidth = estimatedWidth(formatTick(most, display)) + 16;
  const peak = Math.max(0, ...bins.map(densityOf));
  const rows = variants.map((variant, index) => {
    const base = TOP + GAP + ROW + index * (ROW + GAP);
    return {
      variant: variant.variant_name,
      index,
      base,
      area: areaOf(variant, x, base, peak),
      marks: (quantiles.get(variant.variant_name) ?? [])
        .map(({ share, value }) => ({ share, x: x(value) })),
    };
  });
  const bottom = TOP + variants.length * (ROW + GAP);
  return {
    width,
    height: bottom + BOTTOM,
    left,
    right,
    bottom,
    ticks: logTicks(
      least,
      most,
      Math.max(2, Math.floor((right - left) / tickWidth)),
    )
      .map((tick) => ({ x: x(tick), label: formatTick(tick, display) })),
    rows,
    zeros: bins.filter(({ lower }) => lower === 0)
      .reduce((sum, { count }) => sum + count, 0),
  };
}

/**
 * A bin's share on each stretch of the axis, so that a step's area is the
 * share: the bins of a power of two are equally wide, and on a logarithmic axis
 * are not. What lies at zero has no place there, and is its own share high.
 */
function densityOf(
  { lower, upper, share }: DistributionVariant["bins"][number],
): number {
  return lower > 0 ? share / Math.log(upper / lower) : share;
}

/** A step for each bin, as high as its density; gaps go down to the base. */
function areaOf(
  { bins }: DistributionVariant,
  x: (value: number) => number,
  base: number,
  peak: number,
): string {
  if (peak === 0 || bins.length === 0) return "";
  const steps = bins.map((bin) => {
    const { lower, upper } = bin;
    const y = (base - ROW * densityOf(bin) / peak).toFixed(1);
    const [start, end] = [x(lower).toFixed(1), x(upper).toFixed(1)];
    return `M${start} ${base}V${y}H${end}V${base}Z`;
  });
  return steps.join("");
}
