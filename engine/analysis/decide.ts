import type { Decision, DecisionRule, PaceAnalysis } from "./analysis.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { goodOf } from "./compare.ts";
import type { CheckName, HealthReport } from "./health_report.ts";
import type { MetricAnalysis } from "./metric_analysis.ts";
import type { MetricResult } from "./metric_result.ts";
import { reasonOf } from "./reason.ts";
import type { Standing, StandingRule } from "./standing.ts";
import { tradeOffsOf } from "./trade_offs.ts";

/** Everything that a decision is made from. */
export interface DecisionInput {
  readonly options: AnalysisOptions;
  readonly health: HealthReport;
  readonly standings: readonly Standing[];
  readonly results: readonly MetricResult[];
  readonly metrics: readonly MetricAnalysis[];
  readonly pace: PaceAnalysis;
}

/** What was decided, before it is put into words. */
export interface Choice {
  readonly rule: DecisionRule;
  readonly action: Decision["action"];
  /** The variant that the rule speaks of. */
  readonly standing: Standing | null;
}

/**
 * The decision table: the first row that applies decides.
 *
 * | rule | when | action |
 * | --- | --- | --- |
 * | sample_ratio_mismatch, users_in_several_variants, config_changed, setup_changed | that check failed, and the caller has not accepted it | fix_experiment |
 * | one_variant | fewer than two variants have users | keep_running |
 * | better | a variant is better on the primary metric, and fails no guardrail | ship the one with the best figure |
 * | not_worse_and_cheaper | a variant is not worse than the margin on the primary metric, surely cheaper, and fails no guardrail | ship the cheapest such |
 * | outcomes_missing | a variant would be shipped, but unequal shares have no outcome, and by all assignments it is worse | fix_experiment |
 * | guardrail_pending | a variant would be shipped, but looks worse than a guardrail allows, though not surely | keep_running |
 * | not_enough_data | no variant is decided, and none that is not can be compared yet | keep_running |
 * | unclear | some variant is not decided | keep_running |
 * | guardrail_failed, equivalent, worse | every variant is decided, and none to its good | keep_control |
 */
export function choose(
  { options, health, standings }: Pick<
    DecisionInput,
    "options" | "health" | "standings"
  >,
  seen: number,
  good: 1 | -1,
): Choice {
  const failed = FIXES.find(([check]) =>
    !options.accepted_checks.includes(check) &&
    health.checks.some((one) => one.check === check && one.status === "failed")
  );
  if (failed !== undefined) {
    return { rule: failed[1], action: "fix_experiment", standing: null };
  }
  if (seen < 2) {
    return { rule: "one_variant", action: "keep_running", standing: null };
  }
  const of = (rule: StandingRule): Standing[] =>
    standings.filter((one) => one.rule === rule);
  const better = best(
    of("better"),
    ({ primary }) => good * (primary.sample.value ?? 0),
  );
  if (better !== null) {
    return { rule: "better", action: "ship", standing: better };
  }
  const cheaper = best(
    of("not_worse_and_cheaper"),
    ({ cost }) => cost?.comparison?.gain ?? 0,
  );
  if (cheaper !== null) {
    return { rule: "not_worse_and_cheaper", action: "ship", standing: cheaper };
  }
  const contradicted = best(of("outcomes_missing"), () => 0);
  if (contradicted !== null) {
    return {
      rule: "outcomes_missing",
      action: "fix_experiment",
      standing: contradicted,
    };
  }
  for (
    const rule of ["guardrail_pending", "unclear", "not_enough_data"] as const
  ) {
    const open = best(of(rule), ({ primary }) => primary.comparison?.gain ?? 0);
    if (open !== null) return { rule, action: "keep_running", standing: open };
  }
  for (const rule of ["guardrail_failed", "equivalent", "worse"] as const) {
    const closed = best(
      of(rule),
      ({ primary }) => primary.comparison?.gain ?? 0,
    );
    if (closed !== null) {
      return { rule, action: "keep_control", standing: closed };
    }
  }
  return { rule: "one_variant", action: "keep_running", standing: null };
}

const FIXES: readonly (readonly [CheckName, DecisionRule])[] = [
  ["sample_ratio", "sample_ratio_mismatch"],
  ["users_in_several_variants", "users_in_several_variants"],
  ["config_changed", "config_changed"],
  ["setup_changed", "setup_changed"],
];

/** The first of those with the highest score. */
function best(
  standings: readonly Standing[],
  score: (standing: Standing) => number,
): Standing | null {
  return standings.reduce<Standing | null>(
    (found, one) => found === null || score(one) > score(found) ? one : found,
    null,
  );
}

/** Makes the decision, and says why. */
export function decide(input: DecisionInput): Decision {
  const { options, health, results, metrics, pace } = input;
  const primary = results.find(({ role }) => role === "primary");
  const seen = pace.variants.filter(({ users }) => users > 0).length;
  const choice = choose(
    input,
    seen,
    goodOf(primary?.metric ?? { direction: "higher_is_better" }),
  );
  const { rule, action, standing } = choice;
  const tradeOffs = action === "ship" && standing !== null
    ? tradeOffsOf(results, standing.variant)
    : [];
  const shipped = action === "ship" ? standing?.variant ?? null : null;
  return {
    action,
    variant: action === "keep_control" ? options.control : shipped,
    rule,
    reason: reasonOf(choice, input, tradeOffs),
    confidence: confidenceOf(choice, metrics, options),
    missing: action === "keep_running" && standing !== null
      ? standing.primary.missing
      : [],
    // What too few data say of the days to come is noise.
    days_left: action === "keep_running" && rule !== "not_enough_data"
      ? pace.days_left
      : null,
    margin: options.margin,
    trade_offs: tradeOffs,
    pending_guardrails: action === "ship" ? standing?.pending ?? [] : [],
    warnings: [
      ...health.checks.filter(({ check, status }) =>
        status === "warning" ||
        (status === "failed" && options.accepted_checks.includes(check)) ||
        (status === "unknown" && check === "sample_ratio" && decides(action))
      ).map(({ message }) => message),
      ...(options.interval === "fixed" && decides(action) ? [ONE_LOOK] : []),
    ],
  };
}

const ONE_LOOK =
  "Fixed intervals decided: they hold for a single look that was planned beforehand. Whoever looks again and again finds differences that there are not.";

/** Whether somebody acts on it: then they must know what was not checked. */
function decides(action: Decision["action"]): boolean {
  return action === "ship" || action === "keep_control";
}

function confidenceOf(
  { rule, action, standing }: Choice,
  metrics: readonly MetricAnalysis[],
  { alpha, metric, cost_metric, interval }: AnalysisOptions,
): Decision["confidence"] {
  if (standing === null || rule === "not_enough_data") return null;
  const decisive: { readonly [rule: string]: string | undefined } = {
    not_worse_and_cheaper: cost_metric,
    guardrail_failed: standing.failed[0]?.metric,
    guardrail_pending: standing.threatened[0]?.metric,
  };
  const id = decisive[rule] ?? metric;
  const figures = metrics.find((one) => one.metric === id)?.variants
    .find((one) => one.variant_name === standing.variant);
  const comparison = figures?.comparison ?? null;
  if (figures === undefined || comparison === null) return null;
  const { p_values, expected_loss } = comparison;
  return {
    metric: id,
    level: 1 - alpha,
    p_value: p_values?.holm ?? p_values?.[interval] ?? null,
    chance_to_beat_control: comparison.chance_to_beat_control,
    chance_to_be_best: figures.chance_to_be_best,
    expected_loss: expected_loss?.[action === "ship" ? "ship" : "keep"] ?? null,
  };
}
