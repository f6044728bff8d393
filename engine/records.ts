/**
 * The records that travel from an SDK to the server, as they stand on the
 * wire: snake_case, one JSON object per record, exactly as the Python package
 * modelab 0.1.0 sends them, with the optional fields that this package adds.
 *
 * @module
 */

/** Any JSON object: a variant's config, an execution's metadata, an event's payload. */
export type JsonObject = { readonly [key: string]: unknown };

/** One decision for one user: `POST /api/v1/ingest/assignments`. */
export interface AssignmentRecord {
  /** Unique id of this decision. */
  readonly assignment_id: string;
  /** The flag. */
  readonly flag_name: string;
  /** The variant that was chosen. */
  readonly variant_name: string;
  /** The unit of randomisation. May be empty, as in Python. */
  readonly user_id: string;
  /** Whatever session it belongs to; may be empty. */
  readonly session_id: string;
  /** The config of the variant at the time of the decision. */
  readonly config_json: JsonObject;
  /** ISO 8601 with offset. */
  readonly assigned_at: string;
  /** The flag's settings at the time. The Python client sends none. */
  readonly flag_json?: FlagSetup | null;
  /**
   * True when the variant was forced, say for a test: the assignment and all
   * under it are kept, and left out of every figure.
   */
  readonly overridden?: boolean;
}

/** A flag's settings, as an assignment carries them. */
export interface FlagSetup {
  /** Percentage of all users who take part, from 0 to 100. */
  readonly rollout_pct: number;
  /** Name and weight of each variant, in the order of the declaration. */
  readonly variants: readonly (readonly [name: string, weight: number])[];
}

/**
 * Where the cost of a call came from: the caller gave it, the response said
 * it, or it was computed from the caller's table of prices.
 */
export type CostSource = "given" | "response" | "price_table";

/** One LLM call under an assignment: `POST /api/v1/ingest/executions`. */
export interface ExecutionRecord {
  /** The assignment that it belongs to. */
  readonly assignment_id: string;
  /** Wall time of the call in milliseconds; null when unknown. */
  readonly latency_ms: number | null;
  /** Tokens read by the model, cached ones included; null when unknown. */
  readonly input_tokens: number | null;
  /** Tokens written by the model, reasoning included; null when unknown. */
  readonly output_tokens: number | null;
  /** US dollars; null when unknown. */
  readonly cost: number | null;
  /** What went wrong; null when nothing did. */
  readonly error: string | null;
  /** Whatever else was kept. */
  readonly metadata_json: JsonObject;
  /** ISO 8601 with offset. */
  readonly recorded_at: string;
  /** Unique id of this call. The Python client sends none. */
  readonly execution_id?: string;
  /** Milliseconds to the first token of a stream. */
  readonly ttft_ms?: number | null;
  /** Of the input tokens, those read from the provider's cache. */
  readonly cache_read_tokens?: number | null;
  /** Of the input tokens, those written to the provider's cache. */
  readonly cache_write_tokens?: number | null;
  /** Of the tokens written to the cache, those to be kept for an hour. */
  readonly cache_write_1h_tokens?: number | null;
  /** Of the output tokens, those spent on reasoning. */
  readonly reasoning_tokens?: number | null;
  /** The model asked for. */
  readonly model?: string | null;
  /** The model that answered. */
  readonly response_model?: string | null;
  /** Which step of several calls under one assignment this was. */
  readonly step?: string | null;
  /** Where the cost came from; missing without a cost, and from Python. */
  readonly cost_source?: CostSource | null;
  /** True when the caller broke the call off: its stream was not read to the end. */
  readonly aborted?: boolean;
  /** The assignment's flag. */
  readonly flag_name?: string;
  /** The assignment's variant. */
  readonly variant_name?: string;
  /** The assignment's user. */
  readonly user_id?: string;
}

/** What an event says: an outcome of the assignment, or something custom. */
export type EventType = "success" | "failure" | "custom";

/** Something that happened under an assignment: `POST /api/v1/ingest/events`. */
export interface EventRecord {
  /** Unique id of this event. */
  readonly event_id: string;
  /** The assignment that it belongs to. */
  readonly assignment_id: string;
  /** What it says. */
  readonly event_type: EventType;
  /** The name of a custom event; empty for outcomes. */
  readonly event_name: string;
  /** Whatever else was kept. */
  readonly payload_json: JsonObject;
  /** ISO 8601 with offset. */
  readonly created_at: string;
  /** A number that belongs to a custom event, say a rating. */
  readonly value?: number | null;
  /** The assignment's flag. */
  readonly flag_name?: string;
  /** The assignment's variant. */
  readonly variant_name?: string;
  /** The assignment's user. */
  readonly user_id?: string;
}

/** The body of `POST /api/v1/ingest`. */
export interface IngestBatch {
  readonly assignments: readonly AssignmentRecord[];
  readonly executions: readonly ExecutionRecord[];
  readonly events: readonly EventRecord[];
}

/** Which of the three lists of a batch a record stands in. */
export type RecordKind = keyof IngestBatch;

/** One record that the server did not take, and why. */
export interface Rejection {
  /** The record's list; present in answers of the combined route only. */
  readonly kind?: RecordKind;
  /** Its place in the list it was sent in, from 0. */
  readonly index: number;
  /** The field at fault; empty when it is the record as a whole. */
  readonly field: string;
  /** What was required and what arrived. */
  readonly message: string;
}

/** The answer of every ingest route. */
export interface IngestResult {
  /** Records that are new and durable. */
  readonly accepted: number;
  /** Records that were durable already. */
  readonly duplicates: number;
  readonly rejected: readonly Rejection[];
}
