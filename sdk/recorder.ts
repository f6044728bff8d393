import { digestText } from "../engine/bucket.ts";
import { isObject } from "../engine/demand.ts";
import type { Prices } from "../engine/price.ts";
import type {
  CostSource,
  EventRecord,
  EventType,
  ExecutionRecord,
} from "../engine/records.ts";
import { wellFormed } from "../engine/text.ts";
import type { TokenCounts } from "../engine/usage/token_usage.ts";
import type { UsageReader } from "../engine/usage/usage_reader.ts";
import type { RecordStorage } from "../storage/http/record_storage.ts";
import type { Report } from "../storage/http/report.ts";
import type { Clock } from "./clock.ts";
import { type Decided, DecisionRecord } from "./decision_record.ts";
import type { ExecutionDetails } from "./execution_details.ts";
import { FieldReader } from "./field_reader.ts";
import type { Choice } from "./registered_flag.ts";
import { safeJson } from "./safe_json.ts";
import { UuidMaker } from "./uuid.ts";

// What the server takes: a record beyond it would be rejected as a whole.
const MAX_NAME_BYTES = 512;
const MAX_MODEL_CHARS = 512;
const MAX_USER_CHARS = 10_000;
const MAX_ERROR_CHARS = 4_096;
const MAX_LATENCY_MS = 3_600_000;
const MAX_COST = 1_000;
const MAX_TOKENS = 1_000_000_000;
const MAX_EVENT_VALUE = 1_000_000_000_000;

/**
 * Turns what happens into records as they stand on the wire, at the moment
 * when it happens: what the caller changes later does not change a record.
 * No method throws.
 */
export class Recorder {
  readonly #storage: RecordStorage;
  readonly #clock: Clock;
  readonly #price: Prices | undefined;
  readonly #report: (report: Report) => void;
  readonly #ids = new UuidMaker();
  /** For what is read at once: `assign()` is called often. */
  readonly #fields = new FieldReader();
  /** How many records could not be sent as they were given. */
  altered = 0;
  /** How many calls had an answer, and no token counts that could be read. */
  usageUnknown = 0;

  /** @param report Told of whatever is not thrown; must not throw itself. */
  constructor(
    storage: RecordStorage,
    clock: Clock,
    price: Prices | undefined,
    report: (report: Report) => void,
  ) {
    this.#storage = storage;
    this.#clock = clock;
    this.#price = price;
    this.#report = report;
  }

  /**
   * Records a decision.
   *
   * @param context Whose `sessionId` is recorded.
   * @returns What the records under this assignment refer to.
   */
  assignment(
    choice: Choice,
    userId: string,
    context: unknown,
  ): DecisionRecord {
    const micros = this.#clock();
    const fields = this.#fields;
    const user = userKey(userId);
    const decision = new DecisionRecord(
      choice,
      user,
      fields.text(fields.read(context, "sessionId"), MAX_USER_CHARS) ?? "",
      micros,
      this.#ids.stamp(micros),
    );
    this.#storage.save(decision);
    if (user !== userId) fields.at("userId").alter();
    this.#tellAltered(decision, fields);
    return decision;
  }

  /**
   * Records an LLM call.
   *
   * @param reader What the response said.
   */
  execution(
    decision: Decided,
    reader: UsageReader,
    details: ExecutionDetails,
  ): void {
    const micros = this.#clock();
    const fields = new FieldReader();
    const usage = reader.read();
    const get = (key: keyof ExecutionDetails): unknown =>
      fields.read(details, key);
    const millis = (key: "latencyMs" | "ttftMs"): number | null =>
      fields.number(get(key), 0, MAX_LATENCY_MS);
    const tokens = (key: keyof TokenCounts): number | null =>
      fields.count(get(key) ?? usage[key], MAX_TOKENS);
    const name = (value: unknown): string | null =>
      fields.text(value, MAX_MODEL_CHARS);
    const counts = {
      inputTokens: tokens("inputTokens"),
      outputTokens: tokens("outputTokens"),
      cacheReadTokens: tokens("cacheReadTokens"),
      cacheWriteTokens: tokens("cacheWriteTokens"),
      cacheWrite1hTokens: tokens("cacheWrite1hTokens"),
      reasoningTokens: tokens("reasoningTokens"),
    };
    const { inputTokens, outputTokens } = counts;
    const configured = decision.choice.variant.config["model"];
    const model = name(
      get("model") ?? (typeof configured === "string" ? configured : null),
    );
    const responseModel = name(get("responseModel") ?? usage.responseModel);
    const listed = (): unknown => {
      try {
        return this.#price?.(counts, [responseModel, model], micros);
      } catch {
        // A function of the host's.
        fields.at("prices").alter();
      }
    };
    const costs: readonly (readonly [CostSource, unknown])[] = [
      ["given", get("cost")],
      ["response", usage.cost],
      ["price_table", listed()],
    ];
    const [source, amount] = costs.find(([, value]) => isPresent(value)) ?? [];
    const cost = fields.at("cost").number(amount, 0, MAX_COST);
    const error = fields.text(get("error"), MAX_ERROR_CHARS);
    const aborted = get("aborted") === true;
    this.#save(decision, "executions", micros, fields, get("metadata"), {
      execution_id: this.#ids.make(micros),
      latency_ms: millis("latencyMs"),
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      cost,
      error,
      ...known({
        ttft_ms: millis("ttftMs"),
        cache_read_tokens: counts.cacheReadTokens,
        cache_write_tokens: counts.cacheWriteTokens,
        cache_write_1h_tokens: counts.cacheWrite1hTokens,
        reasoning_tokens: counts.reasoningTokens,
        model,
        response_model: responseModel,
        step: name(get("step")),
        cost_source: cost === null ? null : source,
        aborted: aborted || null,
      }),
    });
    if (
      (inputTokens ?? outputTokens ?? error) === null && !aborted &&
      isPresent(reader.last) && this.usageUnknown++ === 0
    ) {
      this.#tell(
        "usage_unknown",
        decision,
        `gave no known token counts, but ${shown(reader.last)}; an OpenAI ` +
          "stream has them with stream_options: {include_usage: true}, a " +
          "fetch() when its parsed body is given back. Further ones are " +
          "counted in stats().usageUnknown",
      );
    }
  }

  /** Records an outcome or a custom event. */
  event(
    decision: Decided,
    type: EventType,
    name: unknown,
    payload: unknown,
    value?: unknown,
  ): void {
    const micros = this.#clock();
    const fields = new FieldReader();
    const number = fields.at("value")
      .number(value, -MAX_EVENT_VALUE, MAX_EVENT_VALUE);
    this.#save(decision, "events", micros, fields, payload, {
      event_id: this.#ids.make(micros),
      event_type: type,
      event_name: type === "custom"
        ? fields.at("name").name(name, MAX_NAME_BYTES)
        : "",
      ...known({ value: number }),
    });
  }

  /** Saves a record, with what it carries besides. */
  #save(
    decision: Decided,
    kind: "executions" | "events",
    micros: number,
    given: FieldReader,
    extra: unknown,
    record: RecordFields<ExecutionRecord> | RecordFields<EventRecord>,
  ): void {
    const more = safeJson(extra);
    const field = kind === "executions" ? "metadata" : "payload";
    const fields = JSON.stringify(record).slice(1, -1);
    const json =
      `${decision.hintsJson},${fields},"${field}_json":${more.json}}`;
    this.#storage.save({ kind, json, micros });
    if (more.altered) given.at(field).alter();
    this.#tellAltered(decision, given);
  }

  #tellAltered(decision: Decided, { altered }: FieldReader): void {
    if (altered.size === 0) return;
    this.altered++;
    this.#tell(
      "record_altered",
      decision,
      "left a record that cannot be sent as it is: what was replaced, cut " +
        `or left out is of ${[...altered].join(", ")}`,
    );
    altered.clear();
  }

  #tell(
    code: "usage_unknown" | "record_altered",
    { choice }: Decided,
    what: string,
  ): void {
    const flag = JSON.stringify(choice.variant.flagName);
    this.#report({
      code,
      message: `A call under flag ${flag} ${what}`,
      count: 1,
    });
  }
}

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
function known<T>(fields: { readonly [name: string]: T | null | undefined }) {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => isPresent(value)),
  );
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What a response is, without what it says. */
function shown(response: unknown): string {
  if (!isObject(response)) return `a ${typeof response}`;
  try {
    const names = Object.keys(response).slice(0, 10).join(", ");
    const kind = Object(response.constructor).name;
    return `${kind ?? "an object"} with the fields {${names}}`;
  } catch {
    return "an object";
  }
}

/**
 * The user id as the server takes it. One that is too long keeps its
 * beginning and gets its MD5, so that two users stay two.
 */
function userKey(userId: string): string {
  const text = wellFormed(userId);
  if (text.length <= MAX_USER_CHARS) return text;
  const digest = `#${digestText(text)}`;
  return wellFormed(text.slice(0, MAX_USER_CHARS - digest.length)) + digest;
}
