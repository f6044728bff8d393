/**
 * Every figure of a variant, in the order in which a reader asks for them.
 *
 * @module
 */

import type { VariantEvaluation } from "../engine/evaluation.ts";
import {
  formatCount,
  formatDuration,
  formatMean,
  formatMoney,
  formatRate,
} from "./format.ts";
import type { Better } from "./leader.ts";

/** One row of the table of variants. */
export interface Figure {
  readonly id: string;
  readonly label: string;
  /** The value, null when unknown. */
  read(variant: VariantEvaluation): number | null;
  format(value: number): string;
  /** What the value is over, such as `over 12`; null for plain counts. */
  detail(variant: VariantEvaluation): string | null;
  /** Which end is better; null where more is neither good nor bad. */
  readonly better: Better | null;
  /** How a difference from the leading variant is told. */
  readonly difference: "points" | "percent";
}

/** Figures that belong together. */
export interface FigureGroup {
  readonly label: string;
  readonly figures: readonly Figure[];
}

type Key = {
  [K in keyof VariantEvaluation]: VariantEvaluation[K] extends number | null ? K
    : never;
}[keyof VariantEvaluation];

type Detail = Figure["detail"];

function count(id: Key, label: string): Figure {
  return {
    id,
    label,
    read: (variant) => variant[id],
    format: formatCount,
    detail: () => null,
    better: null,
    difference: "percent",
  };
}

function rate(id: Key, label: string, better: Better, detail: Detail): Figure {
  return {
    ...count(id, label),
    format: formatRate,
    detail,
    better,
    difference: "points",
  };
}

function duration(id: Key, label: string): Figure {
  return {
    ...count(id, label),
    format: formatDuration,
    detail: over((variant) => variant.latency_count),
    better: "low",
  };
}

function over(size: (variant: VariantEvaluation) => number): Detail {
  return (variant) => `over ${formatCount(size(variant))}`;
}

function share(part: number, whole: number): string {
  return `${formatCount(part)} of ${formatCount(whole)}`;
}

/** Successes among the assignments that have ended. */
export const SUCCESS_RATE: Figure = rate(
  "success_rate",
  "Success rate",
  "high",
  (v) => share(v.successes, v.successes + v.failures),
);

/** Executions that carry an error. */
export const ERROR_RATE: Figure = rate(
  "error_rate",
  "Error rate",
  "low",
  (v) => share(v.errors, v.executions),
);

/** Mean latency of an execution. */
export const MEAN_LATENCY: Figure = duration("avg_latency_ms", "Mean latency");

/** Mean cost of an execution. */
export const MEAN_COST: Figure = {
  ...count("avg_cost", "Mean cost"),
  format: formatMoney,
  detail: over((v) => v.cost_count),
  better: "low",
};

/** Every figure of a variant but its custom events and config. */
export const FIGURE_GROUPS: readonly FigureGroup[] = [
  {
    label: "Reach",
    figures: [
      count("users", "Users"),
      count("assignments", "Assignments"),
      count("executions", "Executions"),
    ],
  },
  {
    label: "Outcome",
    figures: [
      SUCCESS_RATE,
      rate(
        "success_per_assignment",
        "Success per assignment",
        "high",
        (v) => share(v.successes, v.assignments),
      ),
      count("successes", "Successes"),
      count("failures", "Failures"),
      ERROR_RATE,
      count("errors", "Errors"),
    ],
  },
  {
    label: "Latency",
    figures: [
      MEAN_LATENCY,
      duration("p50_latency_ms", "Median (p50)"),
      duration("p90_latency_ms", "p90"),
      duration("p95_latency_ms", "p95"),
      duration("p99_latency_ms", "p99"),
    ],
  },
  {
    label: "Cost",
    figures: [
      MEAN_COST,
      {
        ...count("cost_per_success", "Cost per success"),
        format: formatMoney,
        detail: over((v) => v.successes),
        better: "low",
      },
      {
        ...count("total_cost", "Total cost"),
        format: formatMoney,
        detail: over((v) => v.cost_count),
      },
    ],
  },
  {
    label: "Tokens",
    figures: [
      {
        ...count("avg_input_tokens", "Mean input tokens"),
        format: formatMean,
        detail: over((v) => v.input_tokens_count),
      },
      {
        ...count("avg_output_tokens", "Mean output tokens"),
        format: formatMean,
        detail: over((v) => v.output_tokens_count),
      },
      {
        ...count("total_input_tokens", "Total input tokens"),
        detail: over((v) => v.input_tokens_count),
      },
      {
        ...count("total_output_tokens", "Total output tokens"),
        detail: over((v) => v.output_tokens_count),
      },
    ],
  },
];
