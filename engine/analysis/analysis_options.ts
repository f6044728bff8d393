import type { CheckName } from "./health_report.ts";

/**
 * How much worse a variant may be than the control before it counts as worse.
 *
 * A relative margin is a share of the control's own figure: 0.02 is 2% of it.
 * An absolute one is in the metric's unit: 0.01 of an error rate is one
 * percentage point.
 */
export interface Margin {
  /** What the value is measured against. */
  readonly kind: "relative" | "absolute";
  /** From 0. */
  readonly value: number;
}

/** A metric that must not get worse than a margin allows. */
export interface Guardrail {
  /** The metric's id. */
  readonly metric: string;
  /** How much worse it may be. */
  readonly margin: Margin;
}

/** Which of a comparison's two intervals decides. */
export type IntervalKind = "always_valid" | "fixed";

/** What is known of a lift before any data: normal around 0. */
export interface Prior {
  /**
   * Its standard deviation, on the relative scale: 0.3 says that two of three
   * lifts lie within ±30%.
   */
  readonly sd: number;
}

/** Everything that an analysis depends on beside the data, as it was used. */
export interface AnalysisOptions {
  /** The variant that the others are compared with. */
  readonly control: string;
  /** 1 − confidence of every interval: 0.05 makes 95% intervals. */
  readonly alpha: number;
  /**
   * Which interval makes a status and the decision. `always_valid` holds
   * however often one looks; `fixed` only for one look, planned beforehand.
   */
  readonly interval: IntervalKind;
  /** The id of the metric that the decision is about. */
  readonly metric: string;
  /** The id of the metric that says what is cheaper. */
  readonly cost_metric: string;
  /**
   * The smallest relative difference worth finding: 0.05 is 5% of the
   * control's figure. Sets how many users are needed, and so the days left.
   */
  readonly min_effect: number;
  /**
   * A variant whose primary metric is worse by less than this is as good; the
   * difference within it is called equivalent.
   */
  readonly margin: Margin;
  /** For every posterior figure; null is a flat prior. */
  readonly prior: Prior | null;
  /** What must not get worse, and by how much. */
  readonly guardrails: readonly Guardrail[];
  /** The ids of further metrics that the caller says are better when lower. */
  readonly lower_is_better: readonly string[];
  /**
   * The split that the caller says was intended, in place of the flag's own
   * setup: weight by variant. Null when the caller said nothing.
   */
  readonly weights: { readonly [variant: string]: number } | null;
  /**
   * Failed checks that the caller has looked at and accepts: they are shown,
   * and no longer keep the data from deciding.
   */
  readonly accepted_checks: readonly CheckName[];
}
