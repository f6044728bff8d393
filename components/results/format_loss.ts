import type {
  DisplayScale,
  MetricUnit,
} from "../../engine/analysis/metric_analysis.ts";
import { trimmed, UNKNOWN } from "../format.ts";
import { formatAbsolute, PLAIN } from "./format_metric.ts";

/** What a wrong decision is expected to lose: `0.42 pp`, `<0.01 pp`. */
export function formatLoss(
  loss: number | null,
  metric: { readonly display: DisplayScale; readonly unit: MetricUnit } = {
    display: PLAIN,
    unit: "count",
  },
): string {
  if (loss === null) return UNKNOWN;
  const { display, unit } = metric;
  // Less than this is nothing to lose, and its digits say nothing.
  const least = 0.01 / display.factor;
  const text = formatAbsolute(Math.max(loss, least), display, unit).slice(1);
  return loss < least ? `<${trimmed(text)}` : text;
}
