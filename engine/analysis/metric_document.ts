import type { AnalysisOptions } from "./analysis_options.ts";
import { directionOf } from "./compare.ts";
import type {
  MetricAnalysis,
  MetricComparison,
  MetricVariant,
} from "./metric_analysis.ts";
import type { ComparedVariant, MetricResult } from "./metric_result.ts";
import { chancesToBeBest, posteriorOf } from "./posterior.ts";
import { progressOf } from "./progress.ts";
import type { Sample } from "./sample_counts.ts";

/** Users that come each day, by variant; null where no pace is known. */
export type UsersPerDay = ReadonlyMap<string, number | null>;

/** A metric as the analysis shows it. */
export function metricDocument(
  result: MetricResult,
  options: AnalysisOptions,
  usersPerDay: UsersPerDay,
): MetricAnalysis {
  const { metric, role, control, treatments } = result;
  const comparisons = treatments.map((treatment) =>
    comparisonOf(treatment, result, options, usersPerDay)
  );
  const best = bestOf(result, comparisons, options);
  return {
    metric: metric.metric,
    label: metric.label,
    description: metric.description,
    unit: metric.unit,
    display: metric.display,
    direction: metric.direction,
    role,
    over: metric.over,
    variants: [
      variantOf(control, best[0] ?? null, null),
      ...treatments.map((treatment, place) =>
        variantOf(
          treatment.sample,
          best[place + 1] ?? null,
          comparisons[place] ?? null,
        )
      ),
    ],
  };
}

/** The integral's time grows with more than the square of the arms. */
const MOST_ARMS = 20;

/**
 * The chance of each arm to be the best: of two, that to beat the other; of
 * more, an integral, which is only done for the metrics that decide.
 */
function bestOf(
  { metric, role, control, treatments }: MetricResult,
  comparisons: readonly MetricComparison[],
  { prior }: AnalysisOptions,
): readonly (number | null)[] {
  const [only, ...more] = comparisons;
  if (only !== undefined && more.length === 0) {
    const chance = only.chance_to_beat_control;
    return [chance === null ? null : 1 - chance, chance];
  }
  // Before there are enough data, chances would be read as findings.
  const enough = treatments.every(({ missing }) => missing.length === 0);
  const decides = role === "primary" || role === "cost";
  if (!enough || !decides || treatments.length >= MOST_ARMS) return [];
  return chancesToBeBest(
    [control, ...treatments.map(({ sample }) => sample)]
      .map(({ estimate }) => estimate),
    prior,
    directionOf(metric),
  );
}

function variantOf(
  sample: Sample,
  chance: number | null,
  comparison: MetricComparison | null,
): MetricVariant {
  return {
    variant_name: sample.variant,
    estimate: sample.value,
    interval: sample.interval,
    always_valid_interval: sample.alwaysValid,
    users: sample.users,
    numerator: sample.numerator,
    denominator: sample.denominator,
    chance_to_be_best: chance,
    comparison,
  };
}

const NO_PROGRESS = { users_left: null, days_left: null };

function comparisonOf(
  treatment: ComparedVariant,
  { metric, role, control }: MetricResult,
  options: AnalysisOptions,
  usersPerDay: UsersPerDay,
): MetricComparison {
  const { comparison, status, missing } = treatment;
  if (comparison === null) {
    return {
      status,
      missing,
      absolute: null,
      relative: null,
      p_values: null,
      chance_to_beat_control: null,
      expected_loss: null,
      ...NO_PROGRESS,
    };
  }
  const posterior = posteriorOf(
    comparison,
    options.prior,
    directionOf(metric),
  );
  const none = { chance_to_beat_control: null, expected_loss: null };
  const { absolute, relative, p } = comparison;
  return {
    status,
    missing,
    absolute,
    relative,
    p_values: {
      ...p,
      holm: treatment.holm,
      benjamini_hochberg: treatment.benjaminiHochberg,
    },
    ...(missing.length === 0 ? posterior : none),
    ...(role === "information" ? NO_PROGRESS : progressOf(
      comparison,
      options,
      sumOf(
        usersPerDay.get(control.variant),
        usersPerDay.get(treatment.sample.variant),
      ),
    )),
  };
}

function sumOf(
  a: number | null | undefined,
  b: number | null | undefined,
): number | null {
  return typeof a === "number" && typeof b === "number" ? a + b : null;
}
