import { dollarsPerThousand, MILLISECONDS } from "./display.ts";
import type { QuantileMetric } from "./metric.ts";

const SHARES = [0.5, 0.9, 0.95, 0.99] as const;

/** What has quantiles, and how its sketch is to be read. */
export const SKETCHES = [
  {
    sketch: "latency",
    label: "Latency",
    unit: "ms",
    display: MILLISECONDS,
    over: "calls with a known latency",
    scale: 0.1,
  },
  {
    sketch: "ttft",
    label: "Time to first token",
    unit: "ms",
    display: MILLISECONDS,
    over: "calls with a known time to first token",
    scale: 0.1,
  },
  {
    sketch: "cost",
    label: "Cost of a call",
    unit: "usd",
    display: dollarsPerThousand("calls"),
    over: "calls with a known cost",
    scale: 1e-9,
  },
] as const satisfies readonly Pick<
  QuantileMetric,
  "sketch" | "label" | "unit" | "display" | "over" | "scale"
>[];

/** The median, and how bad it gets for one call in 10, 20 and 100. */
export const QUANTILE_METRICS: readonly QuantileMetric[] = SKETCHES.flatMap((
  { sketch, label, unit, display, over, scale },
) =>
  SHARES.map((share): QuantileMetric => {
    const percent = Math.round(share * 100);
    return {
      metric: `${sketch}_p${percent}`,
      label: share === 0.5
        ? `${label}, median`
        : `${label}, ${percent}th percentile`,
      description: `${percent}% of the ${over} are below it.`,
      unit,
      display,
      direction: "lower_is_better",
      over,
      kind: "quantile",
      sketch,
      share,
      scale,
    };
  })
);
