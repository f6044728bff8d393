import type { Missing } from "../../engine/analysis/metric_analysis.ts";
import { formatCount } from "../format.ts";

/** What there has to be more of: `38 more users in "large"`. */
export function missingText(
  { variant_name, what, required, found }: Missing,
): string {
  const more = Math.max(0, Math.ceil(required - found));
  return `${formatCount(more)} more ${what} in “\u2068${variant_name}\u2069”`;
}
