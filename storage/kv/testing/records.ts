import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
  IngestBatch,
} from "../../../engine/records.ts";
import { incomingOf } from "../entry.ts";
import type { Incoming } from "../entry.ts";

/** When the tests' records are received, in epoch milliseconds. */
export const RECEIVED_AT = Date.UTC(2026, 2, 1, 12);

export function assignment(
  id: string,
  fields: Partial<AssignmentRecord> = {},
): AssignmentRecord {
  return {
    assignment_id: id,
    flag_name: "flag",
    variant_name: "control",
    user_id: `user of ${id}`,
    session_id: "session",
    config_json: { model: "gpt" },
    assigned_at: "2026-03-01T11:00:00.000001+00:00",
    ...fields,
  };
}

export function execution(
  id: string,
  fields: Partial<ExecutionRecord> = {},
): ExecutionRecord {
  return {
    assignment_id: id,
    latency_ms: 120.4,
    input_tokens: 50,
    output_tokens: 20,
    cost: 0.0012,
    error: null,
    metadata_json: {},
    recorded_at: "2026-03-01T11:01:00+00:00",
    ...fields,
  };
}

export function event(
  id: string,
  eventId: string,
  fields: Partial<EventRecord> = {},
): EventRecord {
  return {
    event_id: eventId,
    assignment_id: id,
    event_type: "success",
    event_name: "",
    payload_json: {},
    created_at: "2026-03-01T11:02:00+00:00",
    ...fields,
  };
}

/** Records as the ledger takes them. */
export function incoming(batch: Partial<IngestBatch>): Incoming[] {
  const none = { assignments: [], executions: [], events: [] };
  return incomingOf({ ...none, ...batch }, RECEIVED_AT);
}
