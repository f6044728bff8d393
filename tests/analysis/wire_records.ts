import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
  IngestBatch,
} from "../../engine/records.ts";
import type { TestAssignment } from "../../engine/analysis/testing/statistics_builder.ts";

/** A user, and the variant that the user was in. */
export interface WireUser {
  readonly id: string;
  readonly variant: string;
  readonly assignments: readonly TestAssignment[];
}

const START = Date.UTC(2026, 2, 1, 0);
const HOUR = 3_600_000;

/**
 * The records of users as clients send them: of every assignment its
 * decision, its calls and its events; an outcome that is marked twice, and one
 * that is taken back before the last.
 */
export function wireRecords(
  users: readonly WireUser[],
  flag: string,
): IngestBatch {
  const assignments: AssignmentRecord[] = [];
  const executions: ExecutionRecord[] = [];
  const events: EventRecord[] = [];
  users.forEach((user, u) => {
    user.assignments.forEach(
      ({ outcome, calls = [], events: custom = [] }, a) => {
        const assignment_id = `${user.id}-${a}`;
        // Each user comes on a day of its own.
        const time = START + (u % 5) * 24 * HOUR + a * HOUR;
        const at = (seconds: number): string =>
          new Date(time + seconds * 1000).toISOString();
        assignments.push({
          assignment_id,
          flag_name: flag,
          variant_name: user.variant,
          user_id: user.id,
          session_id: "",
          config_json: { model: user.variant },
          assigned_at: at(0),
          flag_json: {
            rollout_pct: 100,
            variants: [["control", 50], ["treatment", 50]],
          },
        });
        calls.forEach((call, c) => {
          executions.push({
            assignment_id,
            execution_id: `${assignment_id}-call${c}`,
            latency_ms: call.latencyMs ?? null,
            ttft_ms: call.ttftMs ?? null,
            cost: call.cost ?? null,
            input_tokens: call.inputTokens ?? null,
            output_tokens: call.outputTokens ?? null,
            error: call.error === true ? "refused" : null,
            metadata_json: {},
            recorded_at: at(1 + c),
          });
        });
        const mark = (
          id: string,
          seconds: number,
          type: "success" | "failure",
        ): void => {
          events.push({
            event_id: `${assignment_id}-${id}`,
            assignment_id,
            event_type: type,
            event_name: "",
            payload_json: {},
            created_at: at(seconds),
          });
        };
        if (outcome !== undefined) {
          mark("first", 100, outcome === "success" ? "failure" : "success");
          mark("last", 200, outcome);
          mark("again", 201, outcome);
        }
        custom.forEach(({ name, value }, e) => {
          events.push({
            event_id: `${assignment_id}-event${e}`,
            assignment_id,
            event_type: "custom",
            event_name: name,
            payload_json: {},
            value: value ?? null,
            created_at: at(300 + e),
          });
        });
      },
    );
  });
  return { assignments, executions, events };
}

/** In an order of their own, so that most come before their assignment. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = items.map((item) => [random(), item] as const);
  return order.sort(([a], [b]) => a - b).map(([, item]) => item);
}
