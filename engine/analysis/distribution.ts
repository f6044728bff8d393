import type { DisplayScale } from "./metric_analysis.ts";

/** How many values lie from `lower` (inclusive) to `upper` (exclusive). */
export interface DistributionBin {
  /** In the distribution's unit. */
  readonly lower: number;
  /** The upper bound. */
  readonly upper: number;
  /** Values in the bin. */
  readonly count: number;
  /** count / all values of the variant */
  readonly share: number;
}

/** The values of one variant. */
export interface DistributionVariant {
  /** As the flag names it. */
  readonly variant_name: string;
  /** Values in all. */
  readonly count: number;
  /** From low to high, without the empty ones; bounds are the same for all variants. */
  readonly bins: readonly DistributionBin[];
}

/**
 * How a figure of single calls is spread, for drawing on a logarithmic axis:
 * eight bins to each power of two.
 */
export interface DistributionAnalysis {
  /** The metric's id. */
  readonly metric: "latency" | "ttft" | "cost";
  /** The metric's name in words. */
  readonly label: string;
  /** Of every figure. */
  readonly unit: "ms" | "usd";
  /** How to show a figure. */
  readonly display: DisplayScale;
  /** In the order of the analysis' variants. */
  readonly variants: readonly DistributionVariant[];
}
