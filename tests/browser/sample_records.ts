/**
 * Made-up records for the tests of pages: the same ones every time but for
 * when they happened.
 *
 * @module
 */

import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
  FlagSetup,
  IngestBatch,
} from "../../engine/records.ts";

const HOUR = 3_600_000;

/** A variant as the sample's users meet it. */
export interface SampleVariant {
  readonly name: string;
  /** From 0 to 1. */
  readonly success: number;
  /** Median, in milliseconds. */
  readonly latency: number;
  /** US dollars of a call. */
  readonly cost: number;
  readonly config?: { readonly [key: string]: unknown };
}

/** Two variants of which the second is better and cheaper. */
export const VARIANTS: readonly SampleVariant[] = [
  { name: "control", success: 0.42, latency: 1_310, cost: 0.0041 },
  { name: "treatment", success: 0.71, latency: 840, cost: 0.0012 },
];

/** What a sample is made of. */
export interface SampleOptions {
  readonly flag: string;
  /** In each variant. @default 150 */
  readonly users?: number;
  /** @default VARIANTS */
  readonly variants?: readonly SampleVariant[];
  /** Tells apart the ids of samples of one flag. @default "" */
  readonly prefix?: string;
  /** What a call carries beside the figures. */
  readonly metadata?: { readonly [key: string]: unknown };
}

/** Users with two calls each, over the last 40 hours. */
export function sampleRecords(
  {
    flag,
    users = 150,
    variants = VARIANTS,
    prefix = "",
    metadata = {},
  }: SampleOptions,
): IngestBatch {
  const random = generator(7);
  const assignments: AssignmentRecord[] = [];
  const executions: ExecutionRecord[] = [];
  const events: EventRecord[] = [];
  const setup: FlagSetup = {
    rollout_pct: 100,
    variants: variants.map(({ name }) => [name, 50] as const),
  };
  const now = Date.now();
  for (let user = 0; user < users; user++) {
    for (const [at, variant] of variants.entries()) {
      const assignment_id = `${prefix}${flag}-${at}-${user}`;
      const time = now - 9_000 - (40 * HOUR * (users - 1 - user)) / users;
      const iso = (later: number): string =>
        new Date(time + later).toISOString();
      assignments.push({
        assignment_id,
        flag_name: flag,
        variant_name: variant.name,
        user_id: `${prefix}user-${at}-${user}`,
        session_id: "",
        config_json: variant.config ?? { model: `model-${at}` },
        assigned_at: iso(0),
        flag_json: setup,
      });
      for (let call = 0; call < 2; call++) {
        const latency = variant.latency * Math.exp((random() - 0.5) * 1.2);
        executions.push({
          assignment_id,
          execution_id: `${assignment_id}-${call}`,
          latency_ms: Math.round(latency * 10) / 10,
          input_tokens: 400 + Math.floor(random() * 50),
          output_tokens: 80 + Math.floor(random() * 40),
          cost: variant.cost * (0.8 + 0.4 * random()),
          error: random() < 0.03 ? "429 Too many requests" : null,
          metadata_json: metadata,
          recorded_at: iso(1_000 * (call + 1)),
        });
      }
      if (random() < 0.05) continue;
      events.push({
        event_id: `${assignment_id}-end`,
        assignment_id,
        event_type: random() < variant.success ? "success" : "failure",
        event_name: "",
        payload_json: {},
        created_at: iso(3_000),
      });
      if (user % 3 > 0) continue;
      events.push({
        event_id: `${assignment_id}-copied`,
        assignment_id,
        event_type: "custom",
        event_name: "copied",
        payload_json: { where: "toolbar" },
        created_at: iso(4_000),
        value: Math.floor(random() * 5),
      });
    }
  }
  return { assignments, executions, events };
}

/** Numbers from 0 to 1 that are the same every time (Lehmer, 1951). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = state * 48_271 % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
