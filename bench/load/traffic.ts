import { bucketOf } from "../../engine/bucket.ts";
import type { IngestBatch } from "../../engine/records.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import { timeOrderedId } from "./time_ordered_id.ts";

/** A body for `POST /api/v1/ingest`, and how many records are in it. */
export interface IngestBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly records: number;
}

/** Options of {@linkcode Traffic}. */
export interface TrafficOptions {
  /**
   * Versions of the records' UUIDs: "v7" is what our SDK sends, "v4" what the
   * Python client sends.
   *
   * @default "v7"
   */
  readonly ids?: "v4" | "v7";
  /** Flags to which traces belong at random. @default 1 */
  readonly flags?: number;
  /** Share of traces whose user is new to the flag. @default 0.5 */
  readonly newUsers?: number;
  /** Traces in a request; 0 sends each record by itself. @default 50 */
  readonly tracesPerRequest?: number;
}

const VARIANTS = [
  { name: "control", config: { model: "gpt-4.1-mini", temperature: 0.2 } },
  { name: "treatment", config: { model: "gpt-4.1", temperature: 0.2 } },
] as const;
const RECORDS_PER_TRACE = 3;
const encoder = new TextEncoder();

/**
 * Records as an SDK sends them: traces of an assignment, one execution and
 * one success. Users' ids are random, so that their rows lie anywhere.
 */
export class Traffic {
  readonly #options: Required<TrafficOptions>;
  readonly #users: string[][];

  constructor(options: TrafficOptions = {}) {
    const { ids = "v7", flags = 1, newUsers = 0.5, tracesPerRequest = 50 } =
      options;
    this.#options = { ids, flags, newUsers, tracesPerRequest };
    this.#users = Array.from({ length: flags }, () => []);
  }

  /** The users that any trace had so far. */
  get users(): number {
    return this.#users.reduce((sum, { length }) => sum + length, 0);
  }

  /** The name of a flag that has traces. */
  get flagName(): string {
    return flagName(0);
  }

  /**
   * Makes the next requests.
   *
   * @param records How many there are in all, rounded up to whole requests.
   * @returns Chains: a chain's requests are to be sent one after another.
   */
  next(records: number): IngestBody[][] {
    const { tracesPerRequest } = this.#options;
    const traces = Math.ceil(records / RECORDS_PER_TRACE);
    if (tracesPerRequest === 0) {
      return Array.from(
        { length: traces },
        () => recordByRecord(this.#trace()),
      );
    }
    return Array.from(
      { length: Math.ceil(traces / tracesPerRequest) },
      () => [together(
        Array.from({ length: tracesPerRequest }, () => this.#trace()),
      )],
    );
  }

  #trace(): IngestBatch {
    const flag = Math.floor(Math.random() * this.#options.flags);
    const flag_name = flagName(flag);
    const user_id = this.#user(flag);
    const { name, config } = VARIANTS[bucketOf(flag_name, user_id) % 2 ? 1 : 0];
    const now = Date.now() * 1000;
    const at = (seconds: number): string =>
      formatTimestamp(now + Math.round(seconds * 1e6));
    const seconds = 0.3 - 2 * Math.log(1 - Math.random());
    const [input, output] = [random(200, 3000), random(20, 800)];
    const hints = {
      assignment_id: this.#id(now),
      flag_name,
      variant_name: name,
      user_id,
    };
    return {
      assignments: [{
        ...hints,
        session_id: "",
        config_json: config,
        assigned_at: at(0),
      }],
      executions: [{
        ...hints,
        execution_id: this.#id(now),
        latency_ms: Math.round(seconds * 10_000) / 10,
        input_tokens: input,
        output_tokens: output,
        cost: (input * 4 + output * 16) / 1e7,
        error: null,
        model: config.model,
        metadata_json: {},
        recorded_at: at(0.001),
      }],
      events: [{
        ...hints,
        event_id: this.#id(now),
        event_type: "success",
        event_name: "",
        payload_json: {},
        created_at: at(0.002),
      }],
    };
  }

  #user(flag: number): string {
    const users = this.#users[flag] ?? [];
    const known = users[Math.floor(Math.random() * users.length)];
    if (known !== undefined && Math.random() >= this.#options.newUsers) {
      return known;
    }
    const user = `user_${crypto.randomUUID().slice(0, 18)}`;
    users.push(user);
    return user;
  }

  #id(micros: number): string {
    return this.#options.ids === "v7"
      ? timeOrderedId(Math.floor(micros / 1000))
      : crypto.randomUUID();
  }
}

function flagName(index: number): string {
  return `flag-${index}`;
}

function random(low: number, high: number): number {
  return low + Math.floor(Math.random() * (high - low));
}

function together(traces: readonly IngestBatch[]): IngestBody {
  return bodyOf({
    assignments: traces.flatMap(({ assignments }) => assignments),
    executions: traces.flatMap(({ executions }) => executions),
    events: traces.flatMap(({ events }) => events),
  });
}

function recordByRecord(
  { assignments, executions, events }: IngestBatch,
): IngestBody[] {
  const none = { assignments: [], executions: [], events: [] };
  return [
    bodyOf({ ...none, assignments }),
    bodyOf({ ...none, executions }),
    bodyOf({ ...none, events }),
  ];
}

function bodyOf(batch: IngestBatch): IngestBody {
  const { assignments, executions, events } = batch;
  return {
    bytes: encoder.encode(JSON.stringify(batch)),
    records: assignments.length + executions.length + events.length,
  };
}
