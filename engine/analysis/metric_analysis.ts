/**
 * Bounds of an interval. Null is no bound: a set that is open on that side.
 */
export interface Interval {
  /** The lower bound. */
  readonly lower: number | null;
  /** The upper bound. */
  readonly upper: number | null;
}

/** The unit of a metric's figures, before its scale. */
export type MetricUnit =
  /** Of 1: 0.25 is a quarter. */
  | "share"
  | "ms"
  /** US dollars. */
  | "usd"
  | "tokens"
  /** Occurrences. */
  | "count"
  /** Whatever a custom event's value is in. */
  | "value";

/** How to show a figure: `figure × factor`, with `digits` decimals, then the suffix. */
export interface DisplayScale {
  /** 100 for percentages, 1000 for costs per thousand. */
  readonly factor: number;
  /** Decimals that are worth showing. */
  readonly digits: number;
  /** What stands before the number, say "$". */
  readonly prefix: string;
  /** What stands after it, say "%" or " ms". */
  readonly suffix: string;
  /** The unit in words, for a heading: "US dollars per 1,000 calls". */
  readonly unit: string;
}

/** What the decision makes of a metric. */
export type MetricRole =
  /** The one that the decision is about. */
  | "primary"
  /** The one that says what is cheaper. */
  | "cost"
  /** Must not get worse than its margin allows. */
  | "guardrail"
  /** Shown; decides nothing. */
  | "information";

/** What a comparison says. */
export type MetricStatus =
  /** `missing` says what is lacking. */
  | "not_enough_data"
  /** The interval holds differences to both sides. */
  | "unclear"
  /** Better than the control, in the metric's direction. */
  | "better"
  | "worse"
  /** Whatever the difference is, it is smaller than the margin. */
  | "equivalent";

/** Something that there has to be more of before anything can be said. */
export interface Missing {
  /** The variant that lacks it. */
  readonly variant_name: string;
  /** What is counted: "users", "successes", "calls with a known cost"… */
  readonly what: string;
  /** How many there must be. */
  readonly required: number;
  /** How many there are. */
  readonly found: number;
}

/** A difference against the control, with both kinds of interval. */
export interface Effect {
  /** The difference itself. */
  readonly estimate: number;
  /** Holds at every look together: safe to watch. */
  readonly always_valid: Interval;
  /** Holds for a single look that was planned beforehand. */
  readonly fixed: Interval;
}

/** p-values of "no difference", two-sided. */
export interface PValues {
  /** The least α at which the always-valid interval excludes no difference. */
  readonly always_valid: number;
  /** Of Welch's test, for a single look. */
  readonly fixed: number;
  /**
   * The p-value that decides, after Holm's correction over all variants; null
   * for a metric that decides nothing.
   */
  readonly holm: number | null;
  /**
   * The p-value that makes the status, after Benjamini and Hochberg's
   * correction over all metrics that decide nothing, so that one may read
   * twenty of them; null for those that decide.
   */
  readonly benjamini_hochberg: number | null;
}

/** One variant against the control, on one metric. */
export interface MetricComparison {
  /** How it came out. */
  readonly status: MetricStatus;
  /** What is lacking while the status is `not_enough_data`; else empty. */
  readonly missing: readonly Missing[];
  /** Variant − control, in the metric's unit; null when there is no figure. */
  readonly absolute: Effect | null;
  /**
   * (Variant − control) / |control|: 0.05 is 5% more. Null when the control's
   * figure is too close to zero for a ratio, or there is no figure.
   */
  readonly relative: Effect | null;
  /** Null when there is no difference to test. */
  readonly p_values: PValues | null;
  /** Posterior probability that the variant is truly better, from 0 to 1. */
  readonly chance_to_beat_control: number | null;
  /**
   * In the metric's unit: what shipping the variant loses on average over the
   * posterior, where it is worse, and what keeping the control loses, where
   * the variant is better.
   */
  readonly expected_loss: {
    readonly ship: number;
    readonly keep: number;
  } | null;
  /**
   * Users that still have to come to the two variants together to find
   * `min_effect` with 80% power, watched all along; null when it cannot be
   * computed yet, and for a metric that is only shown.
   */
  readonly users_left: number | null;
  /**
   * Days until then, at the pace of the last days: 0 when there are enough
   * users, null when no pace or no need is known.
   */
  readonly days_left: number | null;
}

/** One variant on one metric. */
export interface MetricVariant {
  /** As the flag names it. */
  readonly variant_name: string;
  /** In the metric's unit; null when it is over nothing. */
  readonly estimate: number | null;
  /** Of the estimate alone, for a single look; clustered by user. */
  readonly interval: Interval | null;
  /** The same, safe to watch; null for a quantile. */
  readonly always_valid_interval: Interval | null;
  /** Users of the variant, which every variance counts. */
  readonly users: number;
  /** What is divided: successes, dollars, milliseconds… null for a quantile. */
  readonly numerator: number | null;
  /** What it is over: outcomes, calls whose cost is known, users… */
  readonly denominator: number;
  /**
   * Posterior probability that it is the best of all, from 0 to 1; with more
   * than two variants only for the primary metric and cost, and null with
   * more than twenty.
   */
  readonly chance_to_be_best: number | null;
  /** Null for the control itself. */
  readonly comparison: MetricComparison | null;
}

/** One metric over all variants. */
export interface MetricAnalysis {
  /**
   * "success_rate", "latency_p95", "event_rate:copied"…: the same in every
   * answer; what comes after a colon is the custom event's name.
   */
  readonly metric: string;
  /** In words, say "Latency, 95th percentile". */
  readonly label: string;
  /** One sentence: what is divided by what. */
  readonly description: string;
  /** Of every figure. */
  readonly unit: MetricUnit;
  /** How to show a figure. */
  readonly display: DisplayScale;
  /** Which way is better. */
  readonly direction: "higher_is_better" | "lower_is_better";
  /** What the decision makes of it. */
  readonly role: MetricRole;
  /** What `denominator` counts: "outcomes", "calls with a known cost"… */
  readonly over: string;
  /** In the order of the analysis' variants. */
  readonly variants: readonly MetricVariant[];
}
