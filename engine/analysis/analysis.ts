/**
 * What the data of a flag say: the `analysis` in `GET /api/v1/flags/{name}`.
 *
 * Every figure is finite, and null where there is none. Shares and relative
 * differences are of 1 (0.05 is 5%), times ISO 8601 in UTC. docs/statistics.md
 * says what each figure means and how it is computed.
 *
 * @module
 */

import type { AnalysisOptions, Margin } from "./analysis_options.ts";
import type { DistributionAnalysis } from "./distribution.ts";
import type { HealthReport } from "./health_report.ts";
import type { Interval, MetricAnalysis, Missing } from "./metric_analysis.ts";

/** What to do now. */
export type DecisionAction =
  /** Give everybody `variant`. */
  | "ship"
  /** End the experiment and stay with the control. */
  | "keep_control"
  /** The data do not decide yet. */
  | "keep_running"
  /** The comparison cannot be trusted: `reason` says what to mend. */
  | "fix_experiment";

/** Which row of the decision table applied; see docs/statistics.md. */
export type DecisionRule =
  | "sample_ratio_mismatch"
  | "users_in_several_variants"
  | "config_changed"
  | "setup_changed"
  | "outcomes_missing"
  | "one_variant"
  | "not_enough_data"
  | "better"
  | "not_worse_and_cheaper"
  | "guardrail_pending"
  | "guardrail_failed"
  | "worse"
  | "equivalent"
  | "unclear";

/** How sure a decision is. */
export interface DecisionConfidence {
  /** The metric that decided. */
  readonly metric: string;
  /** 1 − alpha: how often, at least, such a decision is no false alarm. */
  readonly level: number;
  /** The p-value that decided, after Holm's correction where it applies. */
  readonly p_value: number | null;
  /** Of the variant in question, on that metric. */
  readonly chance_to_beat_control: number | null;
  /** Posterior probability that it is the best of all. */
  readonly chance_to_be_best: number | null;
  /** What the decision is expected to lose if it is wrong, in the metric's unit. */
  readonly expected_loss: number | null;
}

/** A metric on which the variant to ship is reliably worse than the control. */
export interface TradeOff {
  /** The metric's id. */
  readonly metric: string;
  /** In words: "costs 8.1 times as much per call". */
  readonly message: string;
  /** (Variant − control) / control, where there is one. */
  readonly relative_difference: number | null;
}

/** The one thing to do, and why. */
export interface Decision {
  /** What to do. */
  readonly action: DecisionAction;
  /** To be shipped, or the control that is kept; else null. */
  readonly variant: string | null;
  /** The row of the decision table that applied. */
  readonly rule: DecisionRule;
  /** One plain sentence. */
  readonly reason: string;
  /** Null when nothing was decided from a comparison. */
  readonly confidence: DecisionConfidence | null;
  /** What has to come before the data decide. */
  readonly missing: readonly Missing[];
  /** Days until there are enough users for `min_effect`; null when unknown. */
  readonly days_left: number | null;
  /** How much worse on the primary metric still counts as as good. */
  readonly margin: Margin;
  /** What shipping costs elsewhere; empty unless the action is `ship`. */
  readonly trade_offs: readonly TradeOff[];
  /** Guardrails of `variant` that the data neither pass nor fail yet. */
  readonly pending_guardrails: readonly string[];
  /** What to take care of: it does not stop the decision. */
  readonly warnings: readonly string[];
}

/** One variant on one guardrail. */
export interface GuardrailVerdict {
  /** The metric's id. */
  readonly metric: string;
  /** The metric's name in words. */
  readonly label: string;
  /** As the flag names it. */
  readonly variant_name: string;
  /** How much worse it may be. */
  readonly margin: Margin;
  /** `fail`: surely worse than the margin allows; `pass`: surely not. */
  readonly verdict: "pass" | "fail" | "pending" | "not_enough_data";
  /** Difference in the bad direction, on the margin's scale. */
  readonly harm: number | null;
  /** One-sided bounds of it, safe to watch; passes below the margin. */
  readonly harm_interval: Interval | null;
}

/** Where a variant stands between success and cost. */
export interface ParetoPoint {
  /** As the flag names it. */
  readonly variant_name: string;
  /** The primary metric. */
  readonly success: number | null;
  /** Of `success`, safe to watch. */
  readonly success_interval: Interval | null;
  /** The cost metric, in US dollars. */
  readonly cost: number | null;
  /** Of `cost`, safe to watch. */
  readonly cost_interval: Interval | null;
  /** Dollars per success; null without successes or known costs. */
  readonly cost_per_success: number | null;
  /** Of `cost_per_success`, safe to watch. */
  readonly cost_per_success_interval: Interval | null;
  /** No other variant is better on one and no worse on the other. */
  readonly on_front: boolean;
  /** Variants whose figures are at least as good on both, and better on one. */
  readonly dominated_by: readonly string[];
}

/** The primary metric against cost. */
export interface ParetoAnalysis {
  /** The id of the primary metric. */
  readonly success_metric: string;
  /** The id of the cost metric. */
  readonly cost_metric: string;
  /** One for each variant. */
  readonly points: readonly ParetoPoint[];
  /** Names of the variants on the front, cheapest first. */
  readonly front: readonly string[];
}

/** How fast users come. */
export interface PaceVariant {
  /** As the flag names it. */
  readonly variant_name: string;
  /** Distinct users seen in the variant. */
  readonly users: number;
  /** New users a day, over `days`; null when none can be counted yet. */
  readonly users_per_day: number | null;
}

/** How fast the experiment goes. */
export interface PaceAnalysis {
  /** Full days (UTC) that the pace is over: at most 7, the latest ones. */
  readonly days: number;
  /** Over all variants. */
  readonly users_per_day: number | null;
  /** In the order of the analysis' variants. */
  readonly variants: readonly PaceVariant[];
  /** Days from the first record to the last. */
  readonly days_running: number;
  /** For the primary metric and the slowest variant; see {@linkcode Decision}. */
  readonly days_left: number | null;
}

/** The analysis of one flag. */
export interface FlagAnalysis {
  /** Of the rules and formulas; changes when the same data would give other figures. */
  readonly engine_version: string;
  /** What the analysis depends on beside the data. */
  readonly options: AnalysisOptions;
  /** The control first, then in the flag's own order. */
  readonly variant_names: readonly string[];
  /** The one thing to do. */
  readonly decision: Decision;
  /** The primary metric first, then the cost metric, guardrails, the rest. */
  readonly metrics: readonly MetricAnalysis[];
  /** One verdict for each guardrail and variant. */
  readonly guardrails: readonly GuardrailVerdict[];
  /** Success against cost. */
  readonly pareto: ParetoAnalysis;
  /** Of latency, time to first token and cost; those that no call has are left out. */
  readonly distributions: readonly DistributionAnalysis[];
  /** How fast users come, and how long it takes. */
  readonly pace: PaceAnalysis;
  /** Whether the data can be trusted. */
  readonly health: HealthReport;
}
