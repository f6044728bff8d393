import type { FlagAnalysis } from "../../engine/analysis/analysis.ts";
import { csv, type CsvCell } from "../csv.ts";

const HEADER = [
  "metric",
  "label",
  "unit",
  "direction",
  "role",
  "variant",
  "users",
  "denominator",
  "estimate",
  "estimate_lower",
  "estimate_upper",
  "absolute_difference",
  "absolute_lower",
  "absolute_upper",
  "relative_difference",
  "relative_lower",
  "relative_upper",
  "interval",
  "confidence",
  "p_value",
  "chance_to_beat_control",
  "expected_loss_of_shipping",
  "status",
];

/** The results of a flag as a table: a row for each metric and variant. */
export function resultsCsv({ metrics, options }: FlagAnalysis): string {
  const kind = options.interval;
  const rows = metrics.flatMap((metric) =>
    metric.variants.map((variant): CsvCell[] => {
      const { comparison } = variant;
      const { absolute = null, relative = null } = comparison ?? {};
      return [
        metric.metric,
        metric.label,
        metric.unit,
        metric.direction,
        metric.role,
        variant.variant_name,
        variant.users,
        variant.denominator,
        variant.estimate,
        variant.interval?.lower ?? null,
        variant.interval?.upper ?? null,
        absolute?.estimate ?? null,
        absolute?.[kind].lower ?? null,
        absolute?.[kind].upper ?? null,
        relative?.estimate ?? null,
        relative?.[kind].lower ?? null,
        relative?.[kind].upper ?? null,
        kind,
        1 - options.alpha,
        comparison?.p_values?.[kind] ?? null,
        comparison?.chance_to_beat_control ?? null,
        comparison?.expected_loss?.ship ?? null,
        comparison === null ? "control" : comparison.status,
      ];
    })
  );
  return csv([HEADER, ...rows]);
}
