import { createHash } from "node:crypto";
import type {
  AssignmentRecord,
  EventRecord,
  EventType,
  ExecutionRecord,
  IngestBatch,
  JsonObject,
} from "../../engine/records.ts";
import { withKeyLimit } from "./key_limit.ts";
import { parseTimestamp } from "../../engine/timestamp.ts";

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
  const limited = <T extends Entry>(
    { entry, ...incoming }: Unlimited<T>,
  ): Incoming => ({
    ...incoming,
    entry: { ...entry, more: withKeyLimit(entry.more, flagPrefix) },
    flagPrefix,
  });
  return [
    ...batch.assignments.map((record) => ({
      ...assignmentOf(record, receivedAt),
      flagPrefix,
    })),
    ...batch.executions.map((record) =>
      limited(executionOf(record, receivedAt))
    ),
    ...batch.events.map((record) => limited(eventOf(record, receivedAt))),
  ];
}

/** A record whose sender's limits are not known yet. */
type Unlimited<T extends Entry = Entry> =
  & Omit<Incoming, "flagPrefix" | "entry">
  & { readonly entry: T };

function assignmentOf(
  record: AssignmentRecord,
  receivedAt: number,
): Unlimited {
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
  const config = canonicalJson(config_json);
  const setup = flag_json ? canonicalJson(flag_json) : null;
  return {
    assignmentId: assignment_id,
    receivedAt,
    config,
    ...(setup === null ? {} : { setup }),
    entry: {
      kind: "assignment",
      ...timesOf(assigned_at, receivedAt),
      flag: flag_name,
      variant: variant_name,
      user: user_id,
      session: session_id,
      configHash: hashOf(config),
      setupHash: setup === null ? null : hashOf(setup),
      overridden: overridden ?? false,
      more,
    },
  };
}

function executionOf(
  record: ExecutionRecord,
  receivedAt: number,
): Unlimited<ExecutionEntry> {
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
  return {
    assignmentId: assignment_id,
    receivedAt,
    entry: {
      kind: "execution",
      ...timesOf(recorded_at, receivedAt),
      id: execution_id ?? null,
      latency: latency_ms,
      input: input_tokens,
      output: output_tokens,
      cost,
      error,
      metadata: metadata_json,
      more,
    },
  };
}

function eventOf(
  record: EventRecord,
  receivedAt: number,
): Unlimited<EventEntry> {
  const {
    assignment_id,
    event_id,
    event_type,
    event_name,
    payload_json,
    created_at,
    ...more
  } = record;
  return {
    assignmentId: assignment_id,
    receivedAt,
    entry: {
      kind: "event",
      ...timesOf(created_at, receivedAt),
      id: event_id,
      type: event_type,
      name: event_name,
      payload: payload_json,
      more,
    },
  };
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

/** JSON with the keys of every object in code unit order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(
          Object.entries(inner).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0),
        )
        : inner,
  );
}

/** Bodies come again and again, and a digest takes longer than to look. */
const hashes = new Map<string, string>();
const MAX_HASHES = 1000;
const MAX_HASHED = 4096;

function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const hash = createHash("sha256").update(text).digest("base64url")
    .slice(0, 22);
  if (hashes.size >= MAX_HASHES) hashes.clear();
  if (text.length <= MAX_HASHED) hashes.set(text, hash);
  return hash;
}
