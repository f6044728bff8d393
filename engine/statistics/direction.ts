/** Which way a metric is better. */
export type Direction = "higher" | "lower";
