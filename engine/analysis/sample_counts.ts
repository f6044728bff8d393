import type { ClusteredQuantile } from "../statistics/clustered_quantile.ts";
import type { Estimate } from "../statistics/estimate.ts";
import type { Interval } from "./metric_analysis.ts";

/** One variant on one metric, before it is compared. */
export interface Sample {
  readonly variant: string;
  readonly users: number;
  /** Null when it is over nothing, or over too few users for a variance. */
  readonly estimate: Estimate | null;
  /** In the sketch's unit; null for what is no quantile. */
  readonly quantile: ClusteredQuantile | null;
  /** In the metric's unit; there also where no variance is. */
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly alwaysValid: Interval | null;
  readonly numerator: number | null;
  readonly denominator: number;
  /** What the gate asks for: whether there are enough of each. */
  readonly counts: readonly SampleCount[];
}

/** How many there are of something that there must be enough of. */
export interface SampleCount {
  readonly what: string;
  readonly found: number;
  readonly required: number;
}

/** Users that a variant must have before anything is said of it. */
export const LEAST_USERS = 100;
/** Of a rate's two sides, and of the values beyond a quantile. */
export const LEAST_EACH_SIDE = 10;
/** Values that a mean must be over. */
export const LEAST_VALUES = 100;
