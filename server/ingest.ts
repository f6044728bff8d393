import type {
  IngestBatch,
  IngestResult,
  RecordKind,
  Rejection,
} from "../engine/records.ts";
import { parseTimestamp } from "../engine/timestamp.ts";
import { incomingOf } from "../storage/kv/entry.ts";
import { StorageUnavailableError } from "../storage/kv/request_queue.ts";
import type { Verdict } from "../storage/kv/story.ts";
import { OPEN } from "./access/access.ts";
import { logError } from "./log.ts";
import { problem, refuseMethod } from "./problem.ts";
import { withJson } from "./read_json.ts";
import type { JsonBody } from "./read_json.ts";
import type { Service } from "./service.ts";
import { described } from "./validation/field.ts";
import { isObject } from "./validation/fields.ts";
import type {
  CheckedRecord,
  RecordSchema,
} from "./validation/record_schema.ts";
import {
  assignmentSchema,
  eventSchema,
  executionSchema,
} from "./validation/records.ts";

const DAY = 24 * 3600 * 1000;

/** The lists of a batch, in the order in which they are counted. */
const KINDS = ["assignments", "executions", "events"] as const;

type Lists = { readonly [kind in RecordKind]: readonly unknown[] };

/**
 * Takes records: `POST /api/v1/ingest` and the routes below it.
 *
 * @param kind What the body is a list of; null when it is a whole batch.
 */
export async function ingest(
  service: Service,
  request: Request,
  kind: RecordKind | null,
): Promise<Response> {
  const refused = refuseMethod(request, ["POST"]);
  if (refused !== null) return refused;
  const { config, limits, access } = service;
  return await withJson(request, {
    maxBytes: config.maxBodyBytes,
    timeoutMs: config.bodyTimeoutMs,
    shares: limits.bodyBytes,
    client: access.id,
  }, (body) => take(service, body, kind));
}

async function take(
  service: Service,
  body: JsonBody,
  kind: RecordKind | null,
): Promise<Response> {
  const { config, limits, access, metrics } = service;
  if (!body.ok) {
    return problem(body.status, body.detail, retryAfter(body.status));
  }
  limits.chargeBody(access.id, body.bytes);
  const lists = kind === null ? listsOf(body.value) : listOf(body.value, kind);
  if (typeof lists === "string") return problem(400, lists);
  const count = KINDS.reduce((sum, name) => sum + lists[name].length, 0);
  if (count > config.maxRecords) {
    return problem(
      413,
      `A request must have at most ${config.maxRecords} records, got ${count}`,
    );
  }
  // What one client has waiting must leave room for the others. Where there
  // are no keys, there is but one.
  const share = access.id === OPEN.id ? 0 : count;
  if (limits.waitingRecords.take(access.id, share) !== "taken") {
    metrics.limited.add(["waiting records"]);
    return problem(
      429,
      "Too many records of this client wait for their commit already",
      retryAfter(429),
    );
  }
  try {
    const result = await store(service, lists, body.bytes, kind === null);
    const { accepted, duplicates, rejected } = result;
    metrics.count(result);
    service.rejections.add(rejected);
    const none = accepted + duplicates === 0 && rejected.length > 0;
    return Response.json(result, {
      status: none ? 422 : 200,
      // Says that bodies may be compressed (RFC 9110, section 12.5.3).
      headers: { "accept-encoding": "gzip" },
    });
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error;
    if (error.cause !== undefined) logError("Records were not taken", error);
    metrics.unavailable.add(["database"]);
    return problem(
      503,
      `${error.message}. Send all of it again: what is durable already counts once`,
      retryAfter(503),
    );
  } finally {
    limits.waitingRecords.give(access.id, share);
  }
}

function retryAfter(status: number): { [name: string]: string } {
  return status === 429 || status === 503 ? { "retry-after": "1" } : {};
}

function listsOf(value: unknown): Lists | string {
  if (!isObject(value)) {
    return `The body must be an object of the arrays ${KINDS.join(", ")}, got ${
      described(value)
    }`;
  }
  const lists = { assignments: [], executions: [], events: [] };
  // A list under another name may be of records, whose loss nobody would see.
  const other = Object.keys(value).find((name) =>
    Array.isArray(value[name]) && !Object.hasOwn(lists, name)
  );
  if (other !== undefined) {
    return `The body must have no arrays but ${KINDS.join(", ")}, got ${
      described(other)
    }`;
  }
  for (const kind of KINDS) {
    const list = Object.hasOwn(value, kind) ? value[kind] : [];
    if (!Array.isArray(list)) {
      return `${kind} must be an array of records, got ${described(list)}`;
    }
    Reflect.set(lists, kind, list);
  }
  return lists;
}

function listOf(value: unknown, kind: RecordKind): Lists | string {
  if (!Array.isArray(value)) {
    return `The body must be an array of ${kind}, got ${described(value)}`;
  }
  return { assignments: [], executions: [], events: [], [kind]: value };
}

/** Records that passed, and where each stood in its list. */
interface Passed<T> {
  readonly records: T[];
  readonly places: { readonly kind: RecordKind; readonly index: number }[];
}

async function store(
  { ledger, access, config, now, dayEnds }: Service,
  lists: Lists,
  bytes: number,
  withKind: boolean,
): Promise<IngestResult> {
  const rejected: Rejection[] = [];
  const reject = (
    { kind, index }: { kind: RecordKind; index: number },
    field: string,
    message: string,
  ): void => {
    rejected.push({ ...(withKind ? { kind } : {}), index, field, message });
  };
  const within = oldestOf(config.retentionDays, now());
  const passed = <T>(kind: RecordKind, schema: RecordSchema<T>): Passed<T> => {
    const result: Passed<T> = { records: [], places: [] };
    for (const [index, value] of lists[kind].entries()) {
      const checked = within(schema.check(value), kind);
      if (checked.ok) {
        result.records.push(checked.value);
        result.places.push({ kind, index });
      } else reject({ kind, index }, checked.field, checked.message);
    }
    return result;
  };
  const assignments = passed("assignments", assignmentSchema);
  const executions = passed("executions", executionSchema);
  const events = passed("events", eventSchema);
  const batch: IngestBatch = {
    assignments: assignments.records,
    executions: executions.records,
    events: events.records,
  };
  await dayEnds.before(batch.assignments);
  const verdicts = await ledger.ingest(
    incomingOf(batch, now(), access.flagPrefix),
    bytes,
  );
  const places = [assignments, executions, events].flatMap((p) => p.places);
  for (const [at, place] of places.entries()) {
    const verdict = verdicts[at];
    if (typeof verdict === "object") {
      reject(place, verdict.field, verdict.message);
    }
  }
  const having = (wanted: Verdict): number =>
    verdicts.filter((verdict) => verdict === wanted).length;
  return {
    accepted: having("accepted"),
    duplicates: having("duplicate"),
    rejected: rejected.sort(byPlace),
  };
}

/** The field in which a record says when it happened. */
const TIMES = {
  assignments: "assigned_at",
  executions: "recorded_at",
  events: "created_at",
} as const;

/**
 * Refuses what is older than what is kept: it may be known no more, and would
 * count again.
 */
function oldestOf(
  retentionDays: number,
  now: number,
): <T>(checked: CheckedRecord<T>, kind: RecordKind) => CheckedRecord<T> {
  const oldest = now - retentionDays * DAY;
  return (checked, kind) => {
    if (retentionDays === 0 || !checked.ok) return checked;
    const field = TIMES[kind];
    const record: unknown = checked.value;
    const text = isObject(record) ? record[field] : null;
    const time = typeof text === "string" ? parseTimestamp(text) : null;
    if (time === null || time / 1000 >= oldest) return checked;
    const message =
      `must be at most ${retentionDays} days ago, after which records are deleted, got ${
        described(text)
      }`;
    return { ok: false, field, message };
  };
}

function byPlace(a: Rejection, b: Rejection): number {
  return KINDS.indexOf(a.kind ?? "events") -
      KINDS.indexOf(b.kind ?? "events") ||
    a.index - b.index;
}
