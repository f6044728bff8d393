import assert from "node:assert/strict";
import { bucketOf } from "../../engine/bucket.ts";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import type { IngestBatch } from "../../engine/records.ts";

/** The flag under which all of it happens. */
export const FLAG = "known-load";

const START = Date.UTC(2026, 0, 1);
const TRACES = 8;
const USERS = 500;

/** What a request carries, and how many records that is. */
export interface KnownBatch {
  readonly body: IngestBatch;
  readonly records: number;
}

type Variant = "a" | "b";

interface Trace {
  readonly id: string;
  readonly user: string;
  readonly variant: Variant;
  readonly executions: number;
  readonly errors: number;
  readonly inputTokens: number;
  readonly edits: number;
  /** The outcome that counts: the last of those that were sent. */
  readonly outcome: "success" | "failure" | null;
}

/**
 * Batches whose figures are known beforehand: executions before their
 * assignments, outcomes that change, records in two batches at once, users
 * with many assignments. Every batch and record is a function of its number.
 */
export class KnownLoad {
  readonly #traces: Trace[] = [];
  /** Records of a trace that go with a later batch. */
  #late: IngestBatch[] = [];

  /** Makes the next batch. */
  next(): KnownBatch {
    const late = this.#late.splice(0, TRACES);
    const now = Array.from({ length: TRACES }, () => this.#trace());
    return batchOf([...now.reverse(), ...late]);
  }

  /** What has been kept back until now. */
  rest(): KnownBatch {
    return batchOf(this.#late.splice(0));
  }

  /** Fails unless an evaluation has the figures of all batches made. */
  assertEvaluation({ variants }: FlagEvaluation): void {
    const found = variants.map((variant) => ({
      variant: variant.variant_name,
      users: variant.users,
      assignments: variant.assignments,
      executions: variant.executions,
      errors: variant.errors,
      successes: variant.successes,
      failures: variant.failures,
      inputTokens: variant.total_input_tokens,
      edits: variant.custom_events["edited"]?.count,
    }));
    assert.deepEqual(
      found.toSorted((x, y) => x.variant < y.variant ? -1 : 1),
      (["a", "b"] as const).map((variant) => this.#expected(variant)),
    );
  }

  #expected(variant: Variant): object {
    const traces = this.#traces.filter((trace) => trace.variant === variant);
    const sum = (of: (trace: Trace) => number): number =>
      traces.reduce((total, trace) => total + of(trace), 0);
    return {
      variant,
      users: new Set(traces.map(({ user }) => user)).size,
      assignments: traces.length,
      executions: sum(({ executions }) => executions),
      errors: sum(({ errors }) => errors),
      successes: sum(({ outcome }) => outcome === "success" ? 1 : 0),
      failures: sum(({ outcome }) => outcome === "failure" ? 1 : 0),
      inputTokens: sum(({ inputTokens }) => inputTokens),
      edits: sum(({ edits }) => edits),
    };
  }

  /** Makes a trace, and keeps a part of it for a later batch. */
  #trace(): IngestBatch {
    const n = this.#traces.length;
    const id = `assignment-${n}`;
    const user = `user-${n * 7919 % USERS}`;
    const variant = bucketOf(FLAG, user) % 2 === 0 ? "a" : "b";
    const at = (seconds: number): string =>
      new Date(START + n * 10 + seconds * 1000).toISOString();
    const assignments = [{
      assignment_id: id,
      flag_name: FLAG,
      variant_name: variant,
      user_id: user,
      session_id: "",
      config_json: { variant },
      assigned_at: at(0),
    }];
    const executions = Array.from({ length: n % 4 }, (_, call) => ({
      assignment_id: id,
      execution_id: `execution-${n}-${call}`,
      latency_ms: n % 900 + call,
      input_tokens: n % 50,
      output_tokens: null,
      cost: n % 100 / 1000,
      error: call === 2 ? "timeout" : null,
      metadata_json: {},
      recorded_at: at(1 + call),
    }));
    const event = (
      name: string,
      event_type: "success" | "failure" | "custom",
      seconds: number,
    ) => ({
      event_id: `${name}-${n}`,
      assignment_id: id,
      event_type,
      event_name: event_type === "custom" ? "edited" : "",
      payload_json: {},
      created_at: at(seconds),
    });
    const success = n % 3 > 0 ? [event("first", "success", 5)] : [];
    const failure = n % 5 === 0 ? [event("second", "failure", 6)] : [];
    const edits = n % 2 === 0 ? [event("edit", "custom", 7)] : [];
    this.#traces.push({
      id,
      user,
      variant,
      executions: executions.length,
      errors: executions.filter(({ error }) => error !== null).length,
      inputTokens: executions.reduce((sum, e) => sum + e.input_tokens, 0),
      edits: edits.length,
      outcome: failure.length > 0
        ? "failure"
        : success.length > 0
        ? "success"
        : null,
    });
    const whole = { assignments, executions, events: [...success, ...edits] };
    const none = { assignments: [], executions: [], events: [] };
    if (n % 7 === 0) {
      // Its calls and events come first, and count once the assignment comes.
      this.#late.push({ ...none, assignments, events: failure });
      return { ...whole, assignments: [] };
    }
    // Some of it comes twice, in batches that may be under way at once.
    this.#late.push({ ...none, executions, events: [...failure, ...success] });
    return whole;
  }
}

function batchOf(parts: readonly IngestBatch[]): KnownBatch {
  const body = {
    assignments: parts.flatMap(({ assignments }) => assignments),
    executions: parts.flatMap(({ executions }) => executions),
    events: parts.flatMap(({ events }) => events),
  };
  const { assignments, executions, events } = body;
  return {
    body,
    records: assignments.length + executions.length + events.length,
  };
}
