import type {
  AssignmentRecord,
  EventRecord,
  EventType,
  ExecutionRecord,
  IngestBatch,
  JsonObject,
} from "../../engine/records.ts";
import { parseTimestamp } from "../../engine/timestamp.ts";
import { bodyOf } from "./entry_body.ts";
import { withKeyLimit } from "./key_limit.ts";

/** How far ahead of the server's clock a record's time is believed, in ms. */
export const CLOCK_TOLERANCE = 5 * 60 * 1000;
/** What came this long after it happened is late, in ms. */
export const LATE_AFTER = 60 * 60 * 1000;

interface Timed {
  /** The record's own time in epoch microseconds; null when it has none. */
  readonly time: number | null;
  /**
   * When it counts as having happened, in epoch milliseconds: its own time,
   * or the time of its receipt when it has none or one that lies ahead.
   */
  readonly at: number;
  /** Whether it came more than an hour after it happened. */
  readonly late: boolean;
  /** Everything else that was sent, by the name that it was sent under. */
  readonly more: JsonObject;
}

/** An assignment as the ledger keeps it. */
export interface AssignmentEntry extends Timed {
  readonly kind: "assignment";
  readonly flag: string;
  readonly variant: string;
  readonly user: string;
  readonly session: string;
  /** Names the config's body, which is stored once: see keys.ts. */
  readonly configHash: string;
  /** Names the flag's settings; null when none were sent. */
  readonly setupHash: string | null;
  /** Whether the variant was forced: then nothing of the story is counted. */
  readonly overridden: boolean;
}

/** An execution as the ledger keeps it. */
export interface ExecutionEntry extends Timed {
  readonly kind: "execution";
  readonly id: string | null;
  readonly latency: number | null;
  readonly input: number | null;
  readonly output: number | null;
  readonly cost: number | null;
  readonly error: string | null;
  readonly metadata: JsonObject;
}

/** An event as the ledger keeps it. */
export interface EventEntry extends Timed {
  readonly kind: "event";
  readonly id: string;
  readonly type: EventType;
  readonly name: string;
  readonly payload: JsonObject;
}

/** A record as the ledger keeps it. */
export type Entry = AssignmentEntry | ExecutionEntry | EventEntry;

/** A record on its way into the ledger. */
export interface Incoming {
  readonly assignmentId: string;
  readonly entry: Entry;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** What the key it came with is limited to; null where it is not. */
  readonly flagPrefix: string | null;
  /** The body of an assignment's config, as JSON. */
  readonly config?: string;
  /** The body of its flag's settings, as JSON, where it carries them. */
  readonly setup?: string;
}

/**
 * The records of a batch as entries: assignments, executions, events.
 *
 * @param receivedAt Epoch milliseconds.
 * @param flagPrefix What the key they came with is limited to.
 */
export function incomingOf(
  batch: IngestBatch,
  receivedAt: number,
  flagPrefix: string | null = null,
): Incoming[] {
  return [
    ...batch.assignments.map((record) =>
      assignmentOf(record, receivedAt, flagPrefix)
    ),
    ...batch.executions.map((record) =>
      executionOf(record, receivedAt, flagPrefix)
    ),
    ...batch.events.map((record) => eventOf(record, receivedAt, flagPrefix)),
  ];
}

function assignmentOf(
  record: AssignmentRecord,
  receivedAt: number,
  flagPrefix: string | null,
): Incoming {
  const {
    assignment_id,
    flag_name,
    variant_name,
    user_id,
    session_id,
    config_json,
    assigned_at,
    flag_json,
    overridden,
    ...more
  } = record;
  const { time, at, late } = timesOf(assigned_at, receivedAt);
  const config = bodyOf(config_json);
  const setup = flag_json ? bodyOf(flag_json) : null;
  const entry: AssignmentEntry = {
    kind: "assignment",
    time,
    at,
    late,
    flag: flag_name,
    variant: variant_name,
    user: user_id,
    session: session_id,
    configHash: config.hash,
    setupHash: setup?.hash ?? null,
    overridden: overridden ?? false,
    more,
  };
  return {
    assignmentId: assignment_id,
    receivedAt,
    flagPrefix,
    entry,
    config: config.json,
    ...(setup === null ? {} : { setup: setup.json }),
  };
}

function executionOf(
  record: ExecutionRecord,
  receivedAt: number,
  flagPrefix: string | null,
): Incoming {
  const {
    assignment_id,
    execution_id,
    latency_ms,
    input_tokens,
    output_tokens,
    cost,
    error,
    metadata_json,
    recorded_at,
    ...more
  } = record;
  const { time, at, late } = timesOf(recorded_at, receivedAt);
  const entry: ExecutionEntry = {
    kind: "execution",
    time,
    at,
    late,
    id: execution_id ?? null,
    latency: latency_ms,
    input: input_tokens,
    output: output_tokens,
    cost,
    error,
    metadata: metadata_json,
    more: withKeyLimit(more, flagPrefix),
  };
  return { assignmentId: assignment_id, receivedAt, flagPrefix, entry };
}

function eventOf(
  record: EventRecord,
  receivedAt: number,
  flagPrefix: string | null,
): Incoming {
  const {
    assignment_id,
    event_id,
    event_type,
    event_name,
    payload_json,
    created_at,
    ...more
  } = record;
  const { time, at, late } = timesOf(created_at, receivedAt);
  const entry: EventEntry = {
    kind: "event",
    time,
    at,
    late,
    id: event_id,
    type: event_type,
    name: event_name,
    payload: payload_json,
    more: withKeyLimit(more, flagPrefix),
  };
  return { assignmentId: assignment_id, receivedAt, flagPrefix, entry };
}

function timesOf(
  text: string,
  receivedAt: number,
): { time: number | null; at: number; late: boolean } {
  const time = parseTimestamp(text);
  const own = time === null ? receivedAt : Math.floor(time / 1000);
  const at = own > receivedAt + CLOCK_TOLERANCE ? receivedAt : own;
  return { time, at, late: at < receivedAt - LATE_AFTER };
}
