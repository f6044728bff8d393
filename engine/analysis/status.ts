import type { Compared } from "./compare.ts";
import type { MetricStatus } from "./metric_analysis.ts";

/**
 * What a comparison says. Better or worse goes before equivalent: a small
 * difference that is certain is a difference.
 *
 * @param p The p-value that decides, corrected where it has to be.
 */
export function statusOf(
  { comparison, missing }: Compared,
  p: number,
  alpha: number,
): MetricStatus {
  if (comparison === null || missing.length > 0) return "not_enough_data";
  const { gain, notWorse, notBetter } = comparison;
  if (p <= alpha && gain !== 0) return gain > 0 ? "better" : "worse";
  return notWorse <= alpha && notBetter <= alpha ? "equivalent" : "unclear";
}
