import type {
  AssignmentStory,
  AssignmentSummary,
  Outcome,
  RecordPage,
  RecordQuery,
} from "../../engine/record_list.ts";
import type { FlagSetup, JsonObject } from "../../engine/records.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import type { AssignmentEntry } from "./entry.ts";
import {
  assignmentRecord,
  eventRecord,
  executionRecord,
} from "./entry_record.ts";
import { configKey, setupKey, storyKey } from "./keys.ts";
import { flagIds, userIds } from "./record_ids.ts";
import type { IdPlace } from "./record_ids.ts";
import type { Story } from "./story.ts";
import { bytesOf, getAll, readStory } from "./workspace.ts";

/** Assignments that one page looks at, at most. */
export const MAX_SCANNED = 1000;
/** Stories that are read at once. */
const STRIDE = 50;
const decoder = new TextDecoder();

/** A page of a flag's assignments; see {@linkcode RecordPage}. */
export async function listRecords(
  kv: Deno.Kv,
  flag: string,
  query: RecordQuery = {},
): Promise<RecordPage> {
  const { cursor = null, limit = 50, user, assignmentId } = query;
  if (assignmentId !== undefined) {
    const [summary] = await summariesOf(kv, flag, [assignmentId], query);
    const records = summary === undefined ? [] : [summary];
    return { flag_name: flag, records, cursor: null };
  }
  const ids = user === undefined
    ? flagIds(kv, flag, cursor)
    : userIds(kv, flag, user, cursor);
  const records: AssignmentSummary[] = [];
  let scanned = 0;
  for await (const places of strides(ids, Math.min(STRIDE, limit))) {
    const stride = places.map(({ id }) => id);
    for (const summary of await summariesOf(kv, flag, stride, query)) {
      records.push(summary);
      if (records.length < limit) continue;
      const last = places.find(({ id }) => id === summary.assignment_id);
      return { flag_name: flag, records, cursor: last?.cursor ?? null };
    }
    scanned += places.length;
    if (scanned >= MAX_SCANNED) {
      const last = places.at(-1);
      return { flag_name: flag, records, cursor: last?.cursor ?? null };
    }
  }
  return { flag_name: flag, records, cursor: null };
}

/** The whole story of an assignment; null when nothing is known of it. */
export async function readAssignment(
  kv: Deno.Kv,
  assignmentId: string,
): Promise<AssignmentStory | null> {
  const story = await storyOf(kv, assignmentId);
  if (story === null) return null;
  const { assignment } = story;
  const byTime = story.others.toSorted((a, b) =>
    a.at - b.at || (a.time ?? 0) - (b.time ?? 0)
  );
  return {
    assignment: assignment === null
      ? null
      : await withBodies(kv, assignmentId, assignment),
    outcome: outcomeOf(story),
    executions: byTime.filter((entry) => entry.kind === "execution")
      .map((entry) => executionRecord(assignmentId, entry)),
    events: byTime.filter((entry) => entry.kind === "event")
      .map((entry) => eventRecord(assignmentId, entry)),
  };
}

async function withBodies(
  kv: Deno.Kv,
  id: string,
  assignment: AssignmentEntry,
): Promise<AssignmentStory["assignment"]> {
  const { flag, variant, configHash, setupHash } = assignment;
  const config = await kv.get(configKey(flag, variant, configHash));
  const setup = setupHash === null
    ? null
    : await kv.get(setupKey(flag, setupHash));
  const parse = (entry: Deno.KvEntryMaybe<unknown>): string =>
    decoder.decode(bytesOf(entry));
  const configBody: JsonObject = JSON.parse(parse(config));
  const setupBody: FlagSetup | null = setup === null
    ? null
    : JSON.parse(parse(setup));
  return assignmentRecord(id, assignment, configBody, setupBody);
}

async function storyOf(kv: Deno.Kv, id: string): Promise<Story | null> {
  const entry = await kv.get(storyKey(id));
  return entry.versionstamp === null
    ? null
    : await readStory(kv, id, bytesOf(entry));
}

async function* strides(
  places: AsyncIterable<IdPlace>,
  size: number,
): AsyncGenerator<IdPlace[]> {
  let stride: IdPlace[] = [];
  for await (const place of places) {
    stride.push(place);
    if (stride.length < size) continue;
    yield stride;
    stride = [];
  }
  if (stride.length > 0) yield stride;
}

/** The summaries of those assignments that are wanted. */
async function summariesOf(
  kv: Deno.Kv,
  flag: string,
  ids: readonly string[],
  query: RecordQuery,
): Promise<AssignmentSummary[]> {
  const entries = await getAll(kv, ids.map(storyKey));
  const summaries = await Promise.all(entries.map(async (entry, at) => {
    const id = ids[at];
    // The ledger keeps a flag's figures longer than its rows.
    if (id === undefined || entry.versionstamp === null) return [];
    const story = await readStory(kv, id, bytesOf(entry));
    const { assignment } = story;
    if (assignment === null || assignment.flag !== flag) return [];
    const summary = summaryOf(story, assignment);
    return isWanted(summary, query) ? [summary] : [];
  }));
  return summaries.flat();
}

function isWanted(
  summary: AssignmentSummary,
  { variant, outcome, error, user }: RecordQuery,
): boolean {
  return (variant === undefined || summary.variant_name === variant) &&
    (outcome === undefined || summary.outcome === outcome) &&
    (error === undefined || summary.errors > 0 === error) &&
    (user === undefined || summary.user_id === user);
}

function summaryOf(
  story: Story,
  assignment: AssignmentEntry,
): AssignmentSummary {
  const executions = story.others.filter(({ kind }) => kind === "execution")
    .filter((entry) => entry.kind === "execution")
    .toSorted((a, b) => a.at - b.at);
  const failed = executions.filter(({ error }) => error !== null);
  const events = story.others.filter((entry) =>
    entry.kind === "event" && entry.type === "custom"
  );
  const times = [assignment, ...story.others].map(({ at }) => at);
  return {
    assignment_id: story.id,
    variant_name: assignment.variant,
    user_id: assignment.user,
    session_id: assignment.session,
    assigned_at: isoOf(assignment.at),
    last_at: isoOf(times.reduce((latest, at) => Math.max(latest, at))),
    outcome: outcomeOf(story),
    overridden: assignment.overridden,
    executions: executions.length,
    errors: failed.length,
    error: failed.at(-1)?.error ?? null,
    events: events.length,
    latency_ms: sumOf(executions.map(({ latency }) => latency)),
    cost: sumOf(executions.map(({ cost }) => cost)),
  };
}

function outcomeOf({ outcome }: Story): Outcome {
  if (outcome === null) return "none";
  return outcome.success ? "success" : "failure";
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value);
}

function isoOf(millis: number): string {
  return formatTimestamp(millis * 1000);
}
