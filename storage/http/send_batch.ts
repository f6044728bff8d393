import type { RecordKind } from "../../engine/records.ts";
import { isRecord, isWithin } from "../../engine/demand.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import { type Connection, errorText, request } from "./connection.ts";
import { problemText, readJson } from "./read_body.ts";
import type { QueuedRecord } from "./record_buffer.ts";
import { parseRetryAfter } from "./retry_after.ts";

/** What the server says of the records of a batch. */
export interface Verdict {
  readonly duplicates: number;
  readonly rejected: number;
  /** Why the first of them was rejected. */
  readonly reason: string;
}

/** A request that another one may make good. */
export interface RetryOutcome {
  readonly type: "retry";
  readonly message: string;
  /** Milliseconds for which the server asks to be left alone, or null. */
  readonly retryAfterMs: number | null;
  /** The option that somebody has to mend before. */
  readonly mend?: "apiKey" | "server";
  readonly cause?: unknown;
}

/** How a request ended. */
export type SendOutcome =
  | { readonly type: "taken"; readonly verdict: Verdict }
  | RetryOutcome
  | { readonly type: "too_large" | "refused"; readonly message: string };

const TIME_FIELDS: { readonly [kind in RecordKind]: string } = {
  assignments: "assigned_at",
  executions: "recorded_at",
  events: "created_at",
};

/** Statuses that judge the body: it would fare no better a second time. */
const FINAL = [400, 411, 415, 422];

/** Statuses of 4xx that pass by themselves. */
const PASSING = [408, 421, 425, 429];

/** Below it, compressing costs more than it saves. */
const MIN_GZIP_CHARS = 16_384;

/** How soon to ask again where somebody has to mend a key or an address first. */
const MENDING_MS = 30_000;

/**
 * The body of `POST /api/v1/ingest`. Times are written here, off the path of
 * the calls that made the records.
 *
 * @example
 * ```ts
 * import { batchBody } from "./send_batch.ts";
 * import assert from "node:assert/strict";
 *
 * const json = '{"event_id":"e"}';
 * assert.deepEqual(
 *   JSON.parse(batchBody([{ kind: "events", json, micros: 1_000_000 }])).events,
 *   [{ event_id: "e", created_at: "1970-01-01T00:00:01.000Z" }],
 * );
 * ```
 */
export function batchBody(records: readonly QueuedRecord[]): string {
  const list = (kind: RecordKind): string =>
    records.filter((record) => record.kind === kind).map(({ json, micros }) =>
      `${json.slice(0, -1)},"${TIME_FIELDS[kind]}":"${
        formatTimestamp(micros)
      }"}`
    ).join(",");
  return `{"assignments":[${list("assignments")}],` +
    `"executions":[${list("executions")}],"events":[${list("events")}]}`;
}

/** How a batch is sent. */
export interface SendOptions {
  /** Lets the request outlive the page that makes it. */
  readonly keepalive: boolean;
  /** Compresses a body that is long enough for it to be worth the while. */
  readonly gzip: boolean;
  /** Ends the request early; the outcome is "retry". */
  readonly abort: AbortSignal;
  /**
   * Told whether the server takes bodies that are compressed.
   *
   * Source: RFC 9110, section 12.5.3: `Accept-Encoding` in a response.
   */
  onGzip(accepted: boolean): void;
}

/** Sends a batch once. Never throws: whatever happens is an outcome. */
export async function sendBatch(
  connection: Connection,
  records: readonly QueuedRecord[],
  { keepalive, gzip, abort, onGzip }: SendOptions,
): Promise<SendOutcome> {
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
  };
  if (connection.apiKey !== "") headers["X-API-Key"] = connection.apiKey;
  try {
    let body: BodyInit = batchBody(records);
    // A page that goes has no time for it.
    if (gzip && !keepalive && body.length > MIN_GZIP_CHARS) {
      body = await compress(body);
      headers["Content-Encoding"] = "gzip";
    }
    return await request(
      connection,
      `${connection.server}/api/v1/ingest`,
      {
        method: "POST",
        headers,
        body,
        ...(keepalive && { keepalive }),
      },
      async (response) => {
        onGzip(acceptsGzip(response.headers));
        const outcome = await readOutcome(response);
        // It may be the compression that was judged.
        return typeof body !== "string" && outcome.type === "refused"
          ? { ...outcome, type: "retry", retryAfterMs: null }
          : outcome;
      },
      abort,
    );
  } catch (cause) {
    return {
      type: "retry",
      message: errorText(cause),
      retryAfterMs: null,
      cause,
    };
  }
}

/** Whether the server says so, and the runtime can do it. */
function acceptsGzip(headers: Headers): boolean {
  return /\bgzip\b/.test(headers.get("Accept-Encoding") ?? "") &&
    typeof CompressionStream === "function";
}

function compress(text: string): Promise<ArrayBuffer> {
  const stream = new Blob([text]).stream();
  return new Response(stream.pipeThrough(new CompressionStream("gzip")))
    .arrayBuffer();
}

async function readOutcome(response: Response): Promise<SendOutcome> {
  const { status, headers } = response;
  const body = await readJson(response);
  const verdict = status < 300 || status === 422 ? readVerdict(body) : null;
  if (verdict !== null) return { type: "taken", verdict };
  const detail = problemText(body);
  const message = `status ${status}` + (detail && `: ${detail}`) +
    // Answers of a proxy or a login page: records that it took are not durable.
    (status < 300 ? ", which is no ingest result" : "");
  if (status === 413) return { type: "too_large", message };
  if (FINAL.includes(status)) return { type: "refused", message };
  const mending = status >= 400 && status < 500 && !PASSING.includes(status);
  const mend = status === 401 || status === 403 ? "apiKey" : "server";
  return {
    type: "retry",
    message,
    retryAfterMs: parseRetryAfter(headers, Date.now()) ??
      (mending ? MENDING_MS : null),
    ...(mending && { mend }),
  };
}

function readVerdict(body: unknown): Verdict | null {
  if (!isRecord(body)) return null;
  const { accepted, duplicates, rejected } = body;
  if (!isCount(accepted) || !isCount(duplicates)) return null;
  if (!Array.isArray(rejected)) return null;
  const { field, message } = isRecord(rejected[0]) ? rejected[0] : {};
  const reason = [field, message].filter((text) => typeof text === "string")
    .join(" ").slice(0, 300);
  return { duplicates, rejected: rejected.length, reason };
}

function isCount(value: unknown): value is number {
  return isWithin(value, 0, Number.MAX_SAFE_INTEGER) && Number.isInteger(value);
}
