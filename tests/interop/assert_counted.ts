import assert from "node:assert/strict";
import type { FlagEvaluation } from "../../mod.ts";

/** What the Python program counted of one variant. */
export interface Counted {
  readonly assignments: number;
  readonly executions: number;
  readonly errors: number;
  readonly latency_tenths: number;
  readonly latency_count: number;
  readonly cost_nanos: number;
  readonly cost_count: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly successes: number;
  readonly failures: number;
  readonly copied: number;
  readonly copied_assignments: number;
}

/** Fails unless an evaluation says what a program counted by itself. */
export function assertCounted(
  evaluation: FlagEvaluation,
  counted: { readonly [variant: string]: Counted },
): void {
  assert.deepEqual(
    evaluation.variants.map((variant) => variant.variant_name).toSorted(),
    Object.keys(counted).toSorted(),
  );
  for (const variant of evaluation.variants) {
    const expected = counted[variant.variant_name];
    assert.ok(expected);
    assert.deepEqual({
      users: variant.users,
      assignments: variant.assignments,
      executions: variant.executions,
      errors: variant.errors,
      successes: variant.successes,
      failures: variant.failures,
      latency_count: variant.latency_count,
      latency: variant.avg_latency_ms,
      cost_count: variant.cost_count,
      cost: variant.total_cost,
      input: variant.total_input_tokens,
      output: variant.total_output_tokens,
      events: variant.custom_events,
      success_rate: variant.success_rate,
      success_per_assignment: variant.success_per_assignment,
      error_rate: variant.error_rate,
      avg_cost: variant.avg_cost,
      cost_per_success: variant.cost_per_success,
    }, {
      users: expected.assignments,
      assignments: expected.assignments,
      executions: expected.executions,
      errors: expected.errors,
      successes: expected.successes,
      failures: expected.failures,
      latency_count: expected.latency_count,
      latency: expected.latency_tenths / 10 / expected.latency_count,
      cost_count: expected.cost_count,
      cost: expected.cost_nanos / 1e9,
      input: expected.input_tokens,
      output: expected.output_tokens,
      events: {
        copied: {
          count: expected.copied,
          assignments: expected.copied_assignments,
        },
      },
      success_rate: expected.successes /
        (expected.successes + expected.failures),
      success_per_assignment: expected.successes / expected.assignments,
      error_rate: expected.errors / expected.executions,
      avg_cost: expected.cost_nanos / 1e9 / expected.cost_count,
      cost_per_success: expected.cost_nanos / 1e9 / expected.successes,
    });
  }
}
