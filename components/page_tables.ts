/**
 * What pages show, as tables for spreadsheets. Names of columns are those of
 * the API, and figures are as exact.
 *
 * @module
 */

import type { DistributionAnalysis } from "../engine/analysis/distribution.ts";
import type { HealthReport } from "../engine/analysis/health_report.ts";
import type { FlagTimeline } from "../engine/evaluation.ts";
import type { FlagEffects } from "../engine/flag_effects.ts";
import type { FlagOverview } from "../engine/flag_overview.ts";
import type { AssignmentSummary } from "../engine/record_list.ts";
import { csvOf } from "./csv.ts";

/** A row for each flag of a page of the list. */
export function flagsCsv({ flags }: FlagOverview): string {
  return csvOf(
    flags.map(({ summary, status, action, variant }) => ({
      flag: summary.flag_name,
      variants: summary.variant_names.join(", "),
      status,
      action,
      variant,
      users: summary.users,
      executions: summary.executions,
      successes: summary.successes,
      failures: summary.failures,
      success_rate: summary.success_rate,
      errors: summary.errors,
      error_rate: summary.error_rate,
      total_cost: summary.total_cost,
      last_seen: summary.last_seen,
    })),
  );
}

/** A row for each variant and bucket in which something happened. */
export function timelineCsv({ series }: FlagTimeline): string {
  return csvOf(
    series.flatMap(({ variant_name, points }) =>
      points.map(({ time, ...figures }) => ({
        time,
        variant: variant_name,
        ...figures,
      }))
    ),
  );
}

/** A row for each variant and time at which its effect was kept. */
export function effectsCsv(
  { effects, interval, control, metric, alpha }: FlagEffects,
): string {
  return csvOf(
    effects.flatMap(({ variant_name, points }) =>
      points.map(({ time, users, relative }) => ({
        time: new Date(time).toISOString(),
        metric,
        control,
        variant: variant_name,
        users,
        relative_difference: relative?.estimate ?? null,
        relative_lower: relative?.[interval].lower ?? null,
        relative_upper: relative?.[interval].upper ?? null,
        interval,
        confidence: 1 - alpha,
      }))
    ),
  );
}

/** A row for each bin of each variant that is not empty. */
export function distributionsCsv(
  distributions: readonly DistributionAnalysis[],
): string {
  return csvOf(
    distributions.flatMap(({ metric, unit, variants }) =>
      variants.flatMap(({ variant_name, bins }) =>
        bins.map(({ lower, upper, count, share }) => ({
          figure: metric,
          unit,
          variant: variant_name,
          lower,
          upper,
          count,
          share,
        }))
      )
    ),
  );
}

/** A row for each check. */
export function checksCsv({ checks }: HealthReport): string {
  return csvOf(
    checks.map(({ check, status, message }) => ({ check, status, message })),
  );
}

/** A row for each assignment of a page of records. */
export function recordsCsv(records: readonly AssignmentSummary[]): string {
  return csvOf(
    records.map((record) => ({
      ...record,
      overridden: String(record.overridden),
    })),
  );
}
