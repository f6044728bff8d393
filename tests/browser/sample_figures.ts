/**
 * Made-up figures for the tests of pages and components.
 *
 * @module
 */

import type {
  FlagEvaluation,
  FlagSummary,
  FlagTimeline,
  TimelinePoint,
  VariantEvaluation,
} from "../../engine/evaluation.ts";
import type { TimelineQuery } from "../../storage/flag_reader.ts";
import { SPANS } from "../../components/timeline_range.ts";

/** A variant about which nothing is known but that it was assigned once. */
export function sampleVariant(
  given: Partial<VariantEvaluation> = {},
): VariantEvaluation {
  return {
    variant_name: "control",
    users: 1,
    assignments: 1,
    executions: 0,
    successes: 0,
    failures: 0,
    success_rate: null,
    success_per_assignment: 0,
    errors: 0,
    error_rate: null,
    avg_latency_ms: null,
    p50_latency_ms: null,
    p90_latency_ms: null,
    p95_latency_ms: null,
    p99_latency_ms: null,
    latency_count: 0,
    avg_cost: null,
    total_cost: null,
    cost_per_success: null,
    cost_count: 0,
    avg_input_tokens: null,
    avg_output_tokens: null,
    total_input_tokens: null,
    total_output_tokens: null,
    input_tokens_count: 0,
    output_tokens_count: 0,
    custom_events: {},
    config: {},
    ...given,
  };
}

/** A variant with every figure, scaled so that variants differ. */
export function busyVariant(name: string, scale: number): VariantEvaluation {
  const users = 1_004 - Math.round(scale * 10);
  const executions = users * 3;
  const successes = Math.round(users * (0.42 + 0.1 * scale));
  const failures = users - successes - 40;
  const errors = Math.round(executions * 0.004 * scale);
  const latency = 1_310 * scale;
  const cost = 0.000_412 / scale;
  return {
    variant_name: name,
    users,
    assignments: users,
    executions,
    successes,
    failures,
    success_rate: successes / (successes + failures),
    success_per_assignment: successes / users,
    errors,
    error_rate: errors / executions,
    avg_latency_ms: latency,
    p50_latency_ms: latency * 0.9,
    p90_latency_ms: latency * 1.6,
    p95_latency_ms: latency * 2.1,
    p99_latency_ms: latency * 3.4,
    latency_count: executions - errors,
    avg_cost: cost,
    total_cost: cost * executions,
    cost_per_success: cost * executions / successes,
    cost_count: executions,
    avg_input_tokens: 412.25 * scale,
    avg_output_tokens: 96.5 * scale,
    total_input_tokens: Math.round(412.25 * scale * executions),
    total_output_tokens: Math.round(96.5 * scale * executions),
    input_tokens_count: executions,
    output_tokens_count: executions,
    custom_events: {
      "thumbs up": { count: 310 * scale, assignments: 290 },
      ...(scale > 1
        ? { "escalated to a person": { count: 12, assignments: 11 } }
        : {}),
    },
    config: { model: `model-${name.slice(0, 12)}`, temperature: 0.2 * scale },
  };
}

/** The line of a flag in the list, from its evaluation. */
export function summaryOf(flag: FlagEvaluation): FlagSummary {
  const sum = (read: (variant: VariantEvaluation) => number): number =>
    flag.variants.reduce((total, variant) => total + read(variant), 0);
  const successes = sum((v) => v.successes);
  const failures = sum((v) => v.failures);
  const executions = sum((v) => v.executions);
  const errors = sum((v) => v.errors);
  return {
    flag_name: flag.flag_name,
    variant_names: flag.variants.map((v) => v.variant_name),
    users: sum((v) => v.users),
    assignments: sum((v) => v.assignments),
    executions,
    successes,
    failures,
    success_rate: successes + failures === 0
      ? null
      : successes / (successes + failures),
    errors,
    error_rate: executions === 0 ? null : errors / executions,
    total_cost: sum((v) => v.cost_count) === 0
      ? null
      : sum((v) => v.total_cost ?? 0),
    first_seen: flag.first_seen,
    last_seen: flag.last_seen,
  };
}

/** A point in which nothing happened but one assignment. */
export function samplePoint(
  time: number,
  given: Partial<TimelinePoint> = {},
): TimelinePoint {
  return {
    time: new Date(time).toISOString(),
    assignments: 1,
    executions: 0,
    successes: 0,
    failures: 0,
    success_rate: null,
    errors: 0,
    error_rate: null,
    avg_latency_ms: null,
    avg_cost: null,
    total_cost: null,
    avg_input_tokens: null,
    avg_output_tokens: null,
    ...given,
  };
}

/** A timeline that wanders, with a gap, between first and last seen. */
export function sampleTimeline(
  flag: FlagEvaluation,
  { granularity, from, to }: TimelineQuery,
): FlagTimeline {
  const { bucketMs } = SPANS[granularity];
  const start = Math.floor(from / bucketMs) * bucketMs;
  const first = Date.parse(flag.first_seen);
  const last = Date.parse(flag.last_seen);
  const series = flag.variants.map((variant, at) => {
    const points: TimelinePoint[] = [];
    for (let time = start, i = 0; time < to; time += bucketMs, i++) {
      if (time + bucketMs <= first || time > last) continue;
      if (variant.executions === 0 || i % 29 === 11 || i % 29 === 12) continue;
      const wave = 1 + 0.16 * Math.sin(i / 3 + at * 2) +
        0.07 * Math.cos(i * 1.7 + at);
      const executions = Math.round(20 * wave);
      const rate = Math.min(1, (variant.success_rate ?? 0) * wave);
      const successes = Math.round(executions * rate);
      points.push(samplePoint(time, {
        assignments: Math.round(8 * wave),
        executions,
        successes,
        failures: executions - successes,
        success_rate: rate,
        errors: i % 7 === at ? 1 : 0,
        error_rate: i % 7 === at ? 1 / executions : 0,
        avg_latency_ms: (variant.avg_latency_ms ?? 0) * wave,
        avg_cost: (variant.avg_cost ?? 0) * wave,
        total_cost: (variant.avg_cost ?? 0) * wave * executions,
        avg_input_tokens: (variant.avg_input_tokens ?? 0) * wave,
        avg_output_tokens: (variant.avg_output_tokens ?? 0) * wave,
      }));
    }
    return { variant_name: variant.variant_name, points };
  });
  return {
    flag_name: flag.flag_name,
    granularity,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    series,
  };
}
