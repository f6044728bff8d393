import { md5 } from "../engine/md5.ts";
import type {
  EventRecord,
  EventType,
  ExecutionRecord,
} from "../engine/records.ts";
import { wellFormed } from "../engine/text.ts";
import { readUsage, type TokenUsage } from "../engine/usage.ts";
import type { RecordStorage } from "../storage/http/record_storage.ts";
import type { Report } from "../storage/http/report.ts";
import type { Clock } from "./clock.ts";
import type { ExecutionDetails } from "./execution_details.ts";
import { FieldReader } from "./field_reader.ts";
import type { Choice } from "./registered_flag.ts";
import { safeJson } from "./safe_json.ts";
import { createUuids } from "./uuid.ts";

/** The assignment that an execution or an event belongs to. */
export interface AssignmentHints {
  readonly assignmentId: string;
  readonly flagName: string;
  /**
   * The beginning of its records' JSON, which says whose they are:
   * `{"assignment_id":…,"flag_name":…,"variant_name":…,"user_id":…`.
   */
  readonly json: string;
}

// What the server takes: a record beyond it would be rejected as a whole.
const MAX_NAME_BYTES = 512;
const MAX_MODEL_CHARS = 512;
const MAX_USER_CHARS = 10_000;
const MAX_ERROR_CHARS = 4_096;
const MAX_LATENCY_MS = 3_600_000;
const MAX_COST = 1_000;
const MAX_TOKENS = 1_000_000_000;

/**
 * Turns what happens into records as they stand on the wire, at the moment
 * when it happens: what the caller changes later does not change a record.
 * No method throws.
 */
export class Recorder {
  readonly #storage: RecordStorage;
  readonly #clock: Clock;
  readonly #report: (report: Report) => void;
  readonly #uuid = createUuids();
  #altered = 0;

  /** @param report Told of whatever is not thrown; must not throw itself. */
  constructor(
    storage: RecordStorage,
    clock: Clock,
    report: (report: Report) => void,
  ) {
    this.#storage = storage;
    this.#clock = clock;
    this.#report = report;
  }

  /** How many records could not be sent as they were given. */
  get altered(): number {
    return this.#altered;
  }

  /**
   * Records a decision.
   *
   * @param context Whose `sessionId` is recorded.
   * @returns What the records under this assignment refer to.
   */
  assignment(
    { variant, overridden }: Choice,
    userId: string,
    context: unknown,
  ): AssignmentHints {
    const micros = this.#clock();
    const assignmentId = this.#uuid(micros);
    const session = this.#session(context);
    const user = userKey(userId);
    const json = `{"assignment_id":"${assignmentId}",${variant.hintsJson},` +
      `"user_id":${quote(user)}`;
    this.#storage.save({
      kind: "assignments",
      json: `${json},"session_id":${session.json},${variant.decisionJson}` +
        (overridden ? ',"overridden":true}' : "}"),
      micros,
    });
    const hints = { assignmentId, flagName: variant.flagName, json };
    this.#note(session.altered || user !== userId, hints);
    return hints;
  }

  /** Records an LLM call. */
  execution(
    hints: AssignmentHints,
    response: unknown,
    details: ExecutionDetails,
  ): void {
    const micros = this.#clock();
    const fields = new FieldReader();
    const usage = readUsage(response);
    const get = (key: keyof ExecutionDetails): unknown =>
      fields.read(details, key);
    const millis = (key: "latencyMs" | "ttftMs"): number | null =>
      fields.amount(get(key), MAX_LATENCY_MS);
    const tokens = (
      key: Exclude<keyof TokenUsage, "responseModel">,
    ): number | null => fields.count(get(key) ?? usage[key], MAX_TOKENS);
    const metadata = safeJson(get("metadata"));
    const record: RecordFields<ExecutionRecord> = {
      execution_id: this.#uuid(micros),
      latency_ms: millis("latencyMs"),
      input_tokens: tokens("inputTokens"),
      output_tokens: tokens("outputTokens"),
      cost: fields.amount(get("cost"), MAX_COST),
      error: fields.text(get("error"), MAX_ERROR_CHARS),
      ...known({
        ttft_ms: millis("ttftMs"),
        cache_read_tokens: tokens("cacheReadTokens"),
        cache_write_tokens: tokens("cacheWriteTokens"),
        reasoning_tokens: tokens("reasoningTokens"),
        model: fields.text(get("model"), MAX_MODEL_CHARS),
        response_model: fields.text(
          get("responseModel") ?? usage.responseModel,
          MAX_MODEL_CHARS,
        ),
      }),
    };
    this.#save("executions", micros, hints, record, metadata.json);
    this.#note(fields.altered || metadata.altered, hints);
  }

  /** Records an outcome or a custom event. */
  event(
    hints: AssignmentHints,
    type: EventType,
    name: unknown,
    payload: unknown,
    value?: unknown,
  ): void {
    const micros = this.#clock();
    const fields = new FieldReader();
    const body = safeJson(payload);
    const number = fields.number(value);
    const record: RecordFields<EventRecord> = {
      event_id: this.#uuid(micros),
      event_type: type,
      event_name: fields.name(name, MAX_NAME_BYTES),
      ...(number !== null && { value: number }),
    };
    this.#save("events", micros, hints, record, body.json);
    this.#note(fields.altered || body.altered, hints);
  }

  #session(context: unknown): { json: string; altered: boolean } {
    const fields = new FieldReader();
    const given = fields.read(context, "sessionId");
    if (given === undefined && !fields.altered) return NO_SESSION;
    const text = fields.text(given, MAX_USER_CHARS) ?? "";
    return { json: quote(text), altered: fields.altered };
  }

  #save(
    kind: "executions" | "events",
    micros: number,
    hints: AssignmentHints,
    record: object,
    objectJson: string,
  ): void {
    const field = kind === "executions" ? "metadata_json" : "payload_json";
    const fields = JSON.stringify(record).slice(1, -1);
    const json = `${hints.json},${fields},"${field}":${objectJson}}`;
    this.#storage.save({ kind, json, micros });
  }

  #note(altered: boolean, hints: AssignmentHints): void {
    if (!altered) return;
    this.#altered++;
    this.#report({
      code: "record_altered",
      message:
        `A record of flag ${quote(hints.flagName)} held what cannot be ` +
        "sent as it is: it was replaced, cut or left out",
      count: 1,
    });
  }
}

const NO_SESSION = { json: '""', altered: false };

/** What a record has beside what all under its assignment share. */
type RecordFields<Record> = Omit<
  Record,
  | "assignment_id"
  | "metadata_json"
  | "recorded_at"
  | "payload_json"
  | "created_at"
>;

/** The fields that have a value: the others are left to be understood. */
function known<T>(fields: { readonly [name: string]: T | null }) {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null),
  );
}

/**
 * The user id as the server takes it. One that is too long keeps its
 * beginning and gets its MD5, so that two users stay two.
 */
function userKey(userId: string): string {
  const text = wellFormed(userId);
  if (text.length <= MAX_USER_CHARS) return text;
  return `${wellFormed(text.slice(0, MAX_USER_CHARS - 33))}#${md5(text)}`;
}

/** A text as JSON; the common one needs no more than its quotes. */
function quote(text: string): string {
  // deno-lint-ignore no-control-regex
  return /["\\\u0000-\u001f]/.test(text) ? JSON.stringify(text) : `"${text}"`;
}
