import type { VariantStatistics } from "../statistics/flag_statistics.ts";
import type { RatioSums } from "../statistics/ratio_estimate.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { compare } from "./compare.ts";
import { PERCENT } from "./display.ts";
import type {
  HealthCheck,
  UnmarkedAnalysis,
  UnmarkedVariant,
} from "./health_report.ts";
import type { Shared } from "./shared.ts";
import type { RatioMetric } from "./metric.ts";
import { sampleOf } from "./sample.ts";
import { quotedName } from "./name_text.ts";
import { percentText } from "./text.ts";

/** A warning is for the long run: it must not come by chance. */
const DIFFERS = 0.01;

/** Assignments with neither success nor failure, of all assignments. */
const UNMARKED: RatioMetric = {
  metric: "unmarked",
  label: "Assignments without outcome",
  description: "",
  unit: "share",
  display: PERCENT,
  direction: "lower_is_better",
  kind: "rate",
  counted: "assignments without outcome",
  rest: "assignments with one",
  over: "assignments",
  scale: 1,
  sums: unmarkedSums,
};

/**
 * How much of each variant has no outcome. Such assignments stay in their
 * variant; where their share differs, the rates over those that have an
 * outcome compare unlike users.
 *
 * @param variants The control first.
 */
export function unmarkedOf(
  variants: readonly VariantStatistics[],
  options: AnalysisOptions,
  shared: Shared,
): { readonly unmarked: UnmarkedAnalysis; readonly check: HealthCheck } {
  const samples = variants.map((one) => sampleOf(UNMARKED, one, shared));
  const [control] = samples;
  let differs: UnmarkedVariant | undefined;
  let compared = 0;
  const rows = samples.map((sample, place): UnmarkedVariant => {
    const { missing, comparison } = control === undefined || place === 0
      ? { missing: [], comparison: null }
      : compare(UNMARKED, control, sample, options, shared);
    const row = {
      variant_name: sample.variant,
      assignments: sample.denominator,
      unmarked: sample.numerator ?? 0,
      share: sample.value,
      interval: sample.interval,
      difference: comparison === null ? null : {
        estimate: comparison.absolute.estimate,
        always_valid: comparison.absolute.always_valid,
        p_value: comparison.p.always_valid,
      },
    };
    if (
      comparison !== null && missing.every(({ what }) => what !== "users")
    ) {
      compared++;
      if (comparison.p.always_valid < DIFFERS) differs ??= row;
    }
    return row;
  });
  const answer = (
    status: HealthCheck["status"],
    message: string,
  ): ReturnType<typeof unmarkedOf> => ({
    unmarked: { status, variants: rows },
    check: { check: "unmarked", status, message },
  });
  if (differs !== undefined) {
    return answer(
      "warning",
      `${percentText(differs.share ?? 0)} of the assignments of ${
        quotedName(differs.variant_name)
      } have no outcome, against ${percentText(rows[0]?.share ?? 0)} of ${
        quotedName(rows[0]?.variant_name ?? "")
      }: the success rate leaves out unlike users; success per assignment counts all of them.`,
    );
  }
  if (rows.every(({ unmarked }) => unmarked === 0)) {
    return answer("ok", "Every assignment has an outcome.");
  }
  return compared === 0
    ? answer(
      "unknown",
      "Too few data to compare how many assignments have no outcome.",
    )
    : answer(
      "ok",
      "All variants have about the same share of assignments without outcome.",
    );
}

/** With U = A − S − F: ΣU² and ΣUA, from the sums that are kept. */
function unmarkedSums(
  { users, sums, products }: VariantStatistics,
): RatioSums {
  const p = products;
  return {
    users,
    numerator: sums.assignments - sums.successes - sums.failures,
    denominator: sums.assignments,
    numeratorSquared: p["assignments*assignments"] +
      p["successes*successes"] + p["failures*failures"] +
      2n * p["successes*failures"] - 2n * p["successes*assignments"] -
      2n * p["failures*assignments"],
    denominatorSquared: p["assignments*assignments"],
    product: p["assignments*assignments"] - p["successes*assignments"] -
      p["failures*assignments"],
  };
}
