/**
 * What the server answers when it is asked how a flag does: the shapes of
 * `GET /api/v1/flags`, `GET /api/v1/flags/{name}` and its timeline.
 *
 * Means and rates are null when they are over nothing.
 *
 * @module
 */

import type { EffectHistory } from "./analysis/effect_at_time.ts";
import type { FlagAnalysis } from "./analysis/analysis.ts";
import type { JsonObject } from "./records.ts";

/** How often a custom event was seen under a variant. */
export interface CustomEventCount {
  /** Occurrences. */
  readonly count: number;
  /** Assignments with at least one occurrence. */
  readonly assignments: number;
}

/** The figures of one variant. */
export interface VariantEvaluation {
  /** The name that the flag gives it. */
  readonly variant_name: string;
  /** Distinct users assigned to the variant. */
  readonly users: number;
  /** Decisions recorded. */
  readonly assignments: number;
  /** LLM calls recorded. */
  readonly executions: number;
  /** Assignments whose latest outcome is success. */
  readonly successes: number;
  /** Assignments whose latest outcome is failure. */
  readonly failures: number;
  /** successes / (successes + failures) */
  readonly success_rate: number | null;
  /** successes / assignments */
  readonly success_per_assignment: number | null;
  /** Executions that carry an error. */
  readonly errors: number;
  /** errors / executions */
  readonly error_rate: number | null;
  /** Mean over the `latency_count` executions whose latency is known. */
  readonly avg_latency_ms: number | null;
  /** Quantiles of the known latencies, each within 0.8% of the true one. */
  readonly p50_latency_ms: number | null;
  /** As p50. */
  readonly p90_latency_ms: number | null;
  /** As p50. */
  readonly p95_latency_ms: number | null;
  /** As p50. */
  readonly p99_latency_ms: number | null;
  /** Executions whose latency is known. */
  readonly latency_count: number;
  /** Mean over the `cost_count` executions whose cost is known, in US dollars. */
  readonly avg_cost: number | null;
  /** Sum of the known costs in US dollars; null when none is known. */
  readonly total_cost: number | null;
  /** total_cost / successes */
  readonly cost_per_success: number | null;
  /** Executions whose cost is known. */
  readonly cost_count: number;
  /** Mean over the `input_tokens_count` executions whose input tokens are known. */
  readonly avg_input_tokens: number | null;
  /** Mean over the `output_tokens_count` executions whose output tokens are known. */
  readonly avg_output_tokens: number | null;
  /** Sum of the known input tokens; null when none is known. */
  readonly total_input_tokens: number | null;
  /** Sum of the known output tokens; null when none is known. */
  readonly total_output_tokens: number | null;
  /** Executions whose input tokens are known. */
  readonly input_tokens_count: number;
  /** Executions whose output tokens are known. */
  readonly output_tokens_count: number;
  /** By the name of the event. */
  readonly custom_events: { readonly [name: string]: CustomEventCount };
  /** The config seen last. */
  readonly config: JsonObject;
}

/** `GET /api/v1/flags/{name}` */
export interface FlagEvaluation {
  /** The flag that was asked for. */
  readonly flag_name: string;
  /** ISO 8601 in UTC: the earliest assignment. */
  readonly first_seen: string;
  /** ISO 8601 in UTC: the latest record of any kind. */
  readonly last_seen: string;
  /** By name, in the order of code points. */
  readonly variants: readonly VariantEvaluation[];
  /** What the figures say: which variant is better, how surely, what to do. */
  readonly analysis?: FlagAnalysis;
}

/** The figures of one flag over all its variants. */
export interface FlagSummary {
  readonly flag_name: string;
  readonly variant_names: readonly string[];
  /** Users, summed over the variants. */
  readonly users: number;
  readonly assignments: number;
  readonly executions: number;
  readonly successes: number;
  readonly failures: number;
  readonly success_rate: number | null;
  readonly errors: number;
  readonly error_rate: number | null;
  readonly total_cost: number | null;
  readonly first_seen: string;
  readonly last_seen: string;
}

/** `GET /api/v1/flags` */
export interface FlagList {
  readonly flags: readonly FlagSummary[];
}

/** The width of a timeline's buckets. Minutes are kept for two days. */
export type Granularity = "minute" | "hour" | "day";

/** The figures of one variant in one bucket of time. */
export interface TimelinePoint {
  /** ISO 8601 in UTC: the start of the bucket. */
  readonly time: string;
  readonly assignments: number;
  readonly executions: number;
  readonly successes: number;
  readonly failures: number;
  readonly success_rate: number | null;
  readonly errors: number;
  readonly error_rate: number | null;
  readonly avg_latency_ms: number | null;
  readonly avg_cost: number | null;
  readonly total_cost: number | null;
  readonly avg_input_tokens: number | null;
  readonly avg_output_tokens: number | null;
}

/** The points of one variant; buckets in which nothing happened are left out. */
export interface TimelineSeries {
  readonly variant_name: string;
  readonly points: readonly TimelinePoint[];
}

/** `GET /api/v1/flags/{name}/timeline` */
export interface FlagTimeline {
  readonly flag_name: string;
  readonly granularity: Granularity;
  /** ISO 8601 in UTC, inclusive. */
  readonly from: string;
  /** ISO 8601 in UTC, exclusive. */
  readonly to: string;
  readonly series: readonly TimelineSeries[];
  /** In answers by day. */
  readonly effect?: TimelineEffect;
}

/** How the effect on the primary metric went, day by day. */
export interface TimelineEffect {
  /** The metric's id; quantiles have no history. */
  readonly metric: string;
  /** The variant that the others are compared with. */
  readonly control: string;
  /** 1 − confidence of every interval. */
  readonly alpha: number;
  /**
   * One for each variant but the control. A point is the effect from all data
   * up to the latest snapshot of a day (UTC), today's as it stands; days on
   * which no server ran have none.
   */
  readonly variants: readonly EffectHistory[];
}
