import {
  COST_UNITS_PER_USD,
  HIGH_UNIT,
  LATENCY_UNITS_PER_MS,
} from "./count.ts";

/** Figures by the names that count.ts counts them under; absent is zero. */
export type Figures = Map<string, bigint>;

/** Adds one counter to figures. Counters are signed, modulo 2^64. */
export function addFigure(
  figures: Figures,
  name: string,
  value: bigint,
): void {
  const before = figures.get(name) ?? 0n;
  figures.set(name, before + BigInt.asIntN(64, value));
}

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
  return Number(figures.get(name) ?? 0n);
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
  const known = count(figures, "executions") -
    count(figures, `${metric}_unknown`);
  if (known === 0) return { known, sum: null, mean: null };
  const units = (figures.get(metric) ?? 0n) +
    (figures.get(`${metric}_high`) ?? 0n) * BigInt(HIGH_UNIT);
  const sum = Number(units) / UNITS[metric];
  return { known, sum, mean: sum / known };
}
