import { COST_UNITS_PER_USD, LATENCY_UNITS_PER_MS } from "./count.ts";

/** Figures by name; absent is zero. */
export type Figures = ReadonlyMap<string, number>;

/** What evaluations, summaries and timelines say alike. */
export interface BasicFigures {
  readonly assignments: number;
  readonly executions: number;
  readonly successes: number;
  readonly failures: number;
  readonly success_rate: number | null;
  readonly errors: number;
  readonly error_rate: number | null;
  readonly total_cost: number | null;
}

/** The counts and rates of figures. */
export function basicFigures(figures: Figures): BasicFigures {
  const executions = count(figures, "executions");
  const successes = count(figures, "successes");
  const failures = count(figures, "failures");
  const errors = count(figures, "errors");
  return {
    assignments: count(figures, "assignments"),
    executions,
    successes,
    failures,
    success_rate: ratio(successes, successes + failures),
    errors,
    error_rate: ratio(errors, executions),
    total_cost: metricSum(figures, "cost").sum,
  };
}

/** A figure that is a plain count. */
export function count(figures: Figures, name: string): number {
  return figures.get(name) ?? 0;
}

/** A ratio, or null when it is over nothing. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** What executions are measured by. */
export type Metric = "latency" | "cost" | "input" | "output";

const UNITS: { readonly [metric in Metric]: number } = {
  latency: LATENCY_UNITS_PER_MS,
  cost: COST_UNITS_PER_USD,
  input: 1,
  output: 1,
};

/** The known values of a metric, added up. */
export interface MetricSum {
  /** Executions whose value is known. */
  readonly known: number;
  /** In milliseconds, US dollars or tokens; null when no value is known. */
  readonly sum: number | null;
  readonly mean: number | null;
}

/** Adds up a metric over the executions whose value is known. */
export function metricSum(figures: Figures, metric: Metric): MetricSum {
  const known = count(figures, `${metric}_known`);
  if (known === 0) return { known, sum: null, mean: null };
  const sum = count(figures, metric) / UNITS[metric];
  return { known, sum, mean: sum / known };
}
