import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
  FlagSetup,
  JsonObject,
} from "../../engine/records.ts";
import type { AssignmentEntry, Entry } from "./entry.ts";
import {
  assignmentRecord,
  eventRecord,
  executionRecord,
} from "./entry_record.ts";
import { isForeign, keyLimitOf, withKeyLimit } from "./key_limit.ts";
import {
  configKey,
  idOfPart,
  setupKey,
  storyKey,
  storyPrefix,
} from "./keys.ts";
import type { Story } from "./story.ts";
import { bytesOf, readStory } from "./workspace.ts";

/** A record of the ledger, with what was found out when it came. */
export interface ExportedRecord {
  readonly kind: "assignment" | "execution" | "event";
  /** When it counts as having happened, in epoch milliseconds. */
  readonly at: number;
  /** Whether it came more than an hour after it happened. */
  readonly late: boolean;
  /** Whether its time is its own, and not that of its receipt. */
  readonly timed: boolean;
  /** What the key was limited to, where that is not decided yet. */
  readonly limit: string | null;
  readonly record: AssignmentRecord | ExecutionRecord | EventRecord;
}

/** Which records to export. */
export interface ExportQuery {
  /** The assignment to begin with, in the order of the ledger. */
  readonly from?: string | undefined;
  /** Whether a flag is wanted; null stands for what waits for its assignment. */
  readonly wants?: (flag: string | null) => boolean;
}

/** Stories that are read at once. */
const BATCH = 50;
/** Between reads, so that writers on the same database are not held up. */
const PAUSE_MS = 5;
const decoder = new TextDecoder();

/**
 * The records of the ledger, story by story, in the order of their keys: each
 * assignment before what belongs to it. What is written meanwhile may be in it
 * or not.
 */
export async function* exportRecords(
  kv: Deno.Kv,
  { from, wants = () => true }: ExportQuery = {},
): AsyncGenerator<ExportedRecord> {
  const bodies = new Map<string, string>();
  const prefix = storyPrefix();
  const selector: Deno.KvListSelector = from === undefined
    ? { prefix }
    : { prefix, start: storyKey(from) };
  let read = 0;
  for await (const entry of kv.list(selector, { batchSize: BATCH })) {
    const [, part, page] = entry.key;
    if (page !== undefined) continue;
    if (++read % BATCH === 0) await pause();
    const story = await readStory(kv, idOfPart(part), bytesOf(entry));
    if (!wants(story.assignment?.flag ?? null)) continue;
    yield* recordsOf(kv, story, bodies);
    if (bodies.size > 1000) bodies.clear();
  }
}

async function* recordsOf(
  kv: Deno.Kv,
  { id, assignment, others }: Story,
  bodies: Map<string, string>,
): AsyncGenerator<ExportedRecord> {
  if (assignment !== null) {
    const record = await assignmentOf(kv, id, assignment, bodies);
    yield { kind: "assignment", ...envelopeOf(assignment), record };
  }
  for (const entry of others) {
    if (assignment !== null && isForeign(assignment, entry)) continue;
    const plain = { ...entry, more: withKeyLimit(entry.more, null) };
    if (plain.kind === "execution") {
      const record = executionRecord(id, plain);
      yield { kind: "execution", ...envelopeOf(entry), record };
    } else if (plain.kind === "event") {
      const record = eventRecord(id, plain);
      yield { kind: "event", ...envelopeOf(entry), record };
    }
  }
}

function envelopeOf(
  entry: Entry,
): Pick<ExportedRecord, "at" | "late" | "timed" | "limit"> {
  const { at, late, time } = entry;
  return { at, late, timed: time !== null, limit: keyLimitOf(entry) };
}

async function assignmentOf(
  kv: Deno.Kv,
  id: string,
  assignment: AssignmentEntry,
  bodies: Map<string, string>,
): Promise<AssignmentRecord> {
  const { flag, variant, configHash, setupHash } = assignment;
  const bodyAt = async (key: Deno.KvKey): Promise<string> => {
    const name = JSON.stringify(key);
    const known = bodies.get(name);
    if (known !== undefined) return known;
    const body = decoder.decode(bytesOf(await kv.get(key)));
    bodies.set(name, body);
    return body;
  };
  const config: JsonObject = JSON.parse(
    await bodyAt(configKey(flag, variant, configHash)),
  );
  const setup: FlagSetup | null = setupHash === null
    ? null
    : JSON.parse(await bodyAt(setupKey(flag, setupHash)));
  return assignmentRecord(id, assignment, config, setup);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
