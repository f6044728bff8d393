import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
  FlagSetup,
  JsonObject,
} from "../../engine/records.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import type { AssignmentEntry, EventEntry, ExecutionEntry } from "./entry.ts";

/** An assignment as it was sent, with what it has in common with others. */
export function assignmentRecord(
  id: string,
  entry: AssignmentEntry,
  config: JsonObject,
  setup: FlagSetup | null,
): AssignmentRecord {
  return {
    assignment_id: id,
    flag_name: entry.flag,
    variant_name: entry.variant,
    user_id: entry.user,
    session_id: entry.session,
    config_json: config,
    assigned_at: timeOf(entry),
    ...(setup === null ? {} : { flag_json: setup }),
    ...(entry.overridden ? { overridden: true } : {}),
    ...entry.more,
  };
}

/** An execution as it was sent. */
export function executionRecord(
  assignmentId: string,
  entry: ExecutionEntry,
): ExecutionRecord {
  return {
    assignment_id: assignmentId,
    ...(entry.id === null ? {} : { execution_id: entry.id }),
    latency_ms: entry.latency,
    input_tokens: entry.input,
    output_tokens: entry.output,
    cost: entry.cost,
    error: entry.error,
    metadata_json: entry.metadata,
    recorded_at: timeOf(entry),
    ...entry.more,
  };
}

/** An event as it was sent. */
export function eventRecord(
  assignmentId: string,
  entry: EventEntry,
): EventRecord {
  return {
    event_id: entry.id,
    assignment_id: assignmentId,
    event_type: entry.type,
    event_name: entry.name,
    payload_json: entry.payload,
    created_at: timeOf(entry),
    ...entry.more,
  };
}

/** A record's own time; where it has none, when it counts. */
function timeOf(
  { time, at }: { readonly time: number | null; readonly at: number },
): string {
  return formatTimestamp(time ?? at * 1000);
}
