import { daysLeft } from "../statistics/days_left.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import type { Comparison } from "./compare.ts";
import type { MetricComparison } from "./metric_analysis.ts";

/**
 * How long it takes to find the least effect worth finding.
 *
 * @param usersPerDay Of the two variants together; null when unknown.
 */
export function progressOf(
  { control, treatment }: Comparison,
  { alpha, interval, min_effect }: AnalysisOptions,
  usersPerDay: number | null,
): Pick<MetricComparison, "users_left" | "days_left"> {
  const left = daysLeft({
    control,
    treatment,
    minimumEffect: min_effect,
    usersPerDay: usersPerDay ?? 0,
    alpha,
    sequential: interval === "always_valid",
  });
  return { users_left: left?.users ?? null, days_left: left?.days ?? null };
}
