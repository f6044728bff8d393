import type { Interval } from "./metric_analysis.ts";

/** How a check came out. */
export type CheckStatus =
  | "ok"
  /** Worth knowing; the decision stands. */
  | "warning"
  /** The comparison cannot be trusted until this is fixed. */
  | "failed"
  /** Too few data, or nothing to check against. */
  | "unknown";

/** What is checked. */
export type CheckName =
  /** Users are split as the flag's setup says. */
  | "sample_ratio"
  /** Nobody was seen in two variants. */
  | "users_in_several_variants"
  /** Every variant kept its config. */
  | "config_changed"
  /** The flag kept its weights and rollout. */
  | "setup_changed"
  /** Equal parts of all variants' assignments have an outcome. */
  | "unmarked"
  /** Cost, latency and tokens are known for nearly all calls. */
  | "unknown_usage";

/** One check of whether the data are sound. */
export interface HealthCheck {
  /** What was checked. */
  readonly check: CheckName;
  /** How it came out. */
  readonly status: CheckStatus;
  /** One sentence: what was found, and when it is bad what to do. */
  readonly message: string;
}

/** One variant's part in the split. */
export interface SplitVariant {
  /** As the flag names it. */
  readonly variant_name: string;
  /** Distinct users seen in the variant. */
  readonly users: number;
  /** users / users of all variants */
  readonly share: number | null;
  /** What its share should be; null when the intended split is not known. */
  readonly expected_share: number | null;
  /** Its expected share of all users. */
  readonly expected_users: number | null;
}

/** How users are split over the variants, against what was intended. */
export interface SplitAnalysis {
  /** `failed` is a sample ratio mismatch. */
  readonly status: CheckStatus;
  /** Where the intended split comes from. */
  readonly source: "setup" | "weights" | null;
  /** In the order of the analysis' variants. */
  readonly variants: readonly SplitVariant[];
  /** Pearson's χ²; null when there is nothing to test. */
  readonly chi_squared: number | null;
  /** Of the χ² test: variants with an expected share, less one. */
  readonly degrees_of_freedom: number | null;
  /** Of the χ² test, for a single look. */
  readonly p_value: number | null;
  /** Of the sequential test: safe to watch. Below 0.001 is a mismatch. */
  readonly sequential_p_value: number | null;
}

/** How much of a variant's assignments never got an outcome. */
export interface UnmarkedVariant {
  /** As the flag names it. */
  readonly variant_name: string;
  /** Decisions recorded. */
  readonly assignments: number;
  /** Neither success nor failure. */
  readonly unmarked: number;
  /** unmarked / assignments */
  readonly share: number | null;
  /** Of the share, for a single look; clustered by user. */
  readonly interval: Interval | null;
  /** Share − the control's share, and p-value; null for the control. */
  readonly difference: {
    readonly estimate: number;
    readonly always_valid: Interval;
    readonly p_value: number;
  } | null;
}

/** Assignments without outcome: they stay in their variant. */
export interface UnmarkedAnalysis {
  /** `warning`: the shares differ, so that the success rates mislead. */
  readonly status: CheckStatus;
  /** In the order of the analysis' variants. */
  readonly variants: readonly UnmarkedVariant[];
}

/** For how many of a variant's calls a usage is known. */
export interface UsageVariant {
  /** As the flag names it. */
  readonly variant_name: string;
  /** LLM calls recorded. */
  readonly executions: number;
  /** Calls for which each is known. */
  readonly known: {
    readonly latency: number;
    readonly ttft: number;
    readonly cost: number;
    readonly input_tokens: number;
    readonly output_tokens: number;
  };
}

/** A config that a variant has had. */
export interface ConfigPeriod {
  /** As the flag names it. */
  readonly variant_name: string;
  /** Names the config's body. */
  readonly hash: string;
  /** ISO 8601 in UTC. */
  readonly first_seen: string;
  /** ISO 8601 in UTC: the latest. */
  readonly last_seen: string;
}

/** Settings that the flag has had. */
export interface SetupPeriod {
  /** ISO 8601 in UTC: the earliest assignment that carries it. */
  readonly first_seen: string;
  /** ISO 8601 in UTC: the latest. */
  readonly last_seen: string;
  /** Percentage of all users who take part. */
  readonly rollout_pct: number;
  /** In the order of the analysis' variants. */
  readonly variants: readonly {
    readonly variant_name: string;
    readonly weight: number;
    /**
     * Its real share of the users that take part: rollout and variant read
     * the same bucket, so that weights alone do not say it.
     */
    readonly share: number | null;
  }[];
}

/** Whether the data can be trusted, and what each check rests on. */
export interface HealthReport {
  /** The worst of the checks. */
  readonly status: CheckStatus;
  /** One of each kind. */
  readonly checks: readonly HealthCheck[];
  /** Users against the intended split. */
  readonly split: SplitAnalysis;
  /** Users who were seen in more than one variant. */
  readonly users_in_several_variants: number;
  /** Assignments without outcome. */
  readonly unmarked: UnmarkedAnalysis;
  /** For how many calls cost, latency and tokens are known. */
  readonly usage: readonly UsageVariant[];
  /** Of every variant, the earliest first. */
  readonly configs: readonly ConfigPeriod[];
  /** The earliest first; empty when no assignment carried any. */
  readonly setups: readonly SetupPeriod[];
}
