import type { Effect } from "./metric_analysis.ts";

/** One variant against the control, as it stood at some time. */
export interface EffectAtTime {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Users of the variant and the control together. */
  readonly users: number;
  /** (Variant − control) / |control|; null where there is none. */
  readonly relative: Effect | null;
  /** Variant − control, in the metric's unit. */
  readonly absolute: Effect | null;
}

/** How the effect of one variant went. */
export interface EffectHistory {
  /** As the flag names it. */
  readonly variant_name: string;
  /** The earliest first. */
  readonly points: readonly EffectAtTime[];
}
