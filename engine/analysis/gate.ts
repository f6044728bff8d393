import type { Metric } from "./metric.ts";
import type { Missing } from "./metric_analysis.ts";
import type { Sample } from "./sample_counts.ts";

/**
 * With so many expected, a side that has fewer than its ten is no lack of
 * data but a finding: a variant that never succeeds must not look as if it
 * had only just begun.
 */
const EXPECTED_TO_COMPARE_ANYWAY = 50;

/**
 * What two samples lack before they can be compared: 100 users each, and of a
 * rate ten of each side, of a mean 100 values, of a quantile ten values beyond
 * it.
 */
export function missingOf(
  metric: Metric,
  control: Sample,
  treatment: Sample,
): Missing[] {
  return [[control, treatment], [treatment, control]].flatMap((
    [sample, other],
  ) =>
    sample === undefined || other === undefined ? [] : sample.counts
      .filter((count, place) =>
        count.found < count.required &&
        !(metric.kind === "rate" && count.what !== "users" &&
          expected(sample, other, place) >= EXPECTED_TO_COMPARE_ANYWAY)
      )
      .map(({ what, found, required }) => ({
        variant_name: sample.variant,
        what,
        required,
        found,
      }))
  );
}

/** How many the sample would have if both had the same rate. */
function expected(sample: Sample, other: Sample, place: number): number {
  const [mine, theirs] = [sample, other].map(({ counts }) =>
    counts[place]?.found ?? 0
  );
  const both = sample.denominator + other.denominator;
  return both === 0
    ? 0
    : ((mine ?? 0) + (theirs ?? 0)) * sample.denominator / both;
}
