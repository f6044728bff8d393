import type { Granularity } from "../engine/evaluation.ts";
import { formatTimestamp, parseTimestamp } from "../engine/timestamp.ts";
import type { TimelineQuery } from "../storage/flag_reader.ts";
import { BUCKET_WIDTHS } from "../storage/kv/fields.ts";
import { readDailyEffects } from "./daily_effects.ts";
import { evaluationOf, verdictOf } from "./flag_analysis.ts";
import { readEffects } from "./flag_effects.ts";
import { flagNamesFromPath, restAfterFlags } from "./flag_path.ts";
import { noSuchFlag } from "./no_such_flag.ts";
import { problem, refuseMethod } from "./problem.ts";
import type { Service } from "./service.ts";
import { described } from "./validation/field.ts";
import { LIMITS } from "./validation/limits.ts";

const NOT_CACHED = { headers: { "cache-control": "no-store" } };
/** How far back a timeline goes when it is not asked where to begin. */
const DEFAULT_BUCKETS = { minute: 120, hour: 48, day: 30 } as const;

/** Lists flags: `GET /api/v1/flags`. */
export async function listFlags(
  { reader }: Service,
  request: Request,
): Promise<Response> {
  return refuseMethod(request, ["GET", "HEAD"]) ??
    Response.json(await reader.listFlags(), NOT_CACHED);
}

/**
 * Answers `GET /api/v1/flags/{name}`, `GET /api/v1/flags/{name}/timeline` and
 * `GET /api/v1/flags/{name}/verdict`.
 *
 * The Python client puts names into the path as they are, so a name may take
 * several segments. `a/timeline` is the timeline of `a` if there is a flag
 * `a`, else the flag `a/timeline`; `a%2Ftimeline` is always the flag. The
 * same goes for `a/verdict`.
 */
export async function readFlag(
  service: Service,
  request: Request,
): Promise<Response> {
  const refused = refuseMethod(request, ["GET", "HEAD"]);
  if (refused !== null) return refused;
  const { pathname, searchParams } = new URL(request.url);
  const rest = restAfterFlags(pathname);
  const found = await partOf(service, rest, searchParams) ??
    await firstOf(rest, (name) => evaluationOf(service, name, searchParams));
  if (found !== null) return found;
  const name = flagNamesFromPath(rest)[0] ?? "";
  return noSuchFlag(name);
}

/** Answers for a flag of that name, or null when there is none. */
type Reader = (
  service: Service,
  name: string,
  params: URLSearchParams,
) => Promise<Response | null>;

/** What follows a flag's name, and who answers it. */
const PARTS: readonly (readonly [suffix: string, Reader])[] = [
  ["/timeline", timelineOf],
  ["/verdict", verdictOf],
  ["/effects", effectsOf],
];

async function partOf(
  service: Service,
  rest: string,
  params: URLSearchParams,
): Promise<Response | null> {
  const part = PARTS.find(([suffix]) => rest.endsWith(suffix));
  if (part === undefined) return null;
  const [suffix, read] = part;
  return await firstOf(
    rest.slice(0, -suffix.length),
    (name) => read(service, name, params),
  );
}

async function effectsOf(
  { reader, now }: Service,
  name: string,
  params: URLSearchParams,
): Promise<Response | null> {
  const read = await readEffects(reader, name, params, now());
  if (read === null) return null;
  return "fault" in read
    ? problem(400, read.fault)
    : Response.json(read.effects, NOT_CACHED);
}

async function timelineOf(
  { reader, now }: Service,
  name: string,
  params: URLSearchParams,
): Promise<Response | null> {
  const query = timelineQueryOf(params, now());
  if (typeof query === "string") {
    return await reader.evaluateFlag(name) === null
      ? null
      : problem(400, query);
  }
  const timeline = await reader.readTimeline(name, query);
  if (timeline === null) return null;
  if (query.granularity !== "day") return Response.json(timeline, NOT_CACHED);
  const effect = await readDailyEffects(reader, name, params, query, now());
  if (typeof effect === "string") return problem(400, effect);
  return Response.json(
    effect === null ? timeline : { ...timeline, effect },
    NOT_CACHED,
  );
}

async function firstOf<T>(
  rest: string,
  read: (name: string) => Promise<T | null>,
): Promise<T | null> {
  for (const name of flagNamesFromPath(rest)) {
    const found = await read(name);
    if (found !== null) return found;
  }
  return null;
}

/** Reads what a timeline is asked for, or says what is wrong with it. */
export function timelineQueryOf(
  params: URLSearchParams,
  now: number,
): TimelineQuery | string {
  const granularity = params.get("granularity") ?? "hour";
  if (!isGranularity(granularity)) {
    return `granularity must be minute, hour or day, got ${
      described(granularity)
    }`;
  }
  const width = BUCKET_WIDTHS[granularity];
  const to = timeOf(params, "to", now + 1);
  if (typeof to === "string") return to;
  const from = timeOf(
    params,
    "from",
    Math.max(0, to - DEFAULT_BUCKETS[granularity] * width),
  );
  if (typeof from === "string") return from;
  const buckets = (to - from) / width;
  if (buckets <= 0) {
    return `from must be before to, got ${iso(from)} and ${iso(to)}`;
  }
  return buckets <= LIMITS.timelineBuckets
    ? { granularity, from, to }
    : `from and to must be at most ${LIMITS.timelineBuckets} ${granularity}s apart, got ${
      Math.ceil(buckets)
    }`;
}

function timeOf(
  params: URLSearchParams,
  name: string,
  initial: number,
): number | string {
  const text = params.get(name);
  if (text === null) return initial;
  // A plus sign that was not encoded has become a space.
  const micros = parseTimestamp(text.replace(" ", "+"));
  return micros === null
    ? `${name} must be an ISO 8601 time with offset, from 1970 on, got ${
      described(text)
    }`
    : Math.ceil(micros / 1000);
}

function iso(millis: number): string {
  return formatTimestamp(millis * 1000);
}

function isGranularity(text: string): text is Granularity {
  return Object.hasOwn(BUCKET_WIDTHS, text);
}
