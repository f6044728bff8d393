import type {
  SketchMetric,
  VariantStatistics,
} from "../statistics/flag_statistics.ts";
import type { RatioSums } from "../statistics/ratio_estimate.ts";
import type { DisplayScale, MetricUnit } from "./metric_analysis.ts";

interface MetricBase {
  /** See {@linkcode MetricAnalysis}. */
  readonly metric: string;
  readonly label: string;
  readonly description: string;
  readonly unit: MetricUnit;
  readonly display: DisplayScale;
  readonly direction: "higher_is_better" | "lower_is_better";
  readonly over: string;
}

/** One total of every user over another, or over the users themselves. */
export interface RatioMetric extends MetricBase {
  /**
   * `rate`: what is above is a part of what is below, so that there must be
   * enough on both sides. `mean`: it is a quantity.
   */
  readonly kind: "rate" | "mean";
  /** What the numerator counts, in words; with `failures` for a rate's rest. */
  readonly counted: string;
  readonly rest: string;
  /** A figure in the unit is the ratio of the sums × this. */
  readonly scale: number;
  /** Null when the variant has never seen such a thing. */
  readonly sums: (variant: VariantStatistics) => RatioSums | null;
}

/** A quantile of single calls. */
export interface QuantileMetric extends MetricBase {
  readonly kind: "quantile";
  readonly sketch: SketchMetric;
  /** From 0 to 1. */
  readonly share: number;
  readonly scale: number;
}

/** A metric, and how to read it from a variant's sufficient statistics. */
export type Metric = RatioMetric | QuantileMetric;
