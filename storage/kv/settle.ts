import { addDeltas } from "./add_deltas.ts";
import { readBase } from "./base.ts";
import { addBlock, decodeFields, encodeFields } from "./block.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { FIRST, LAST } from "./fields.ts";
import { addSeen, FlagCounters } from "./flag_counters.ts";
import type { Fields, SegmentKind } from "./flag_counters.ts";
import { decodeFoldMark, encodeFoldMark } from "./fold_mark.ts";
import { foldFlag } from "./fold.ts";
import { readId, writeId } from "./id_bytes.ts";
import {
  deltaPrefix,
  foldKey,
  indexPrefix,
  settleKey,
  settlePrefix,
  storyKey,
} from "./keys.ts";
import { LOCAL_LIMITS } from "./limits.ts";
import { segmentOf, sumPrefix } from "./segment_keys.ts";
import { noteUnused } from "./sweep_bodies.ts";
import { countStory } from "./take_out.ts";
import { User } from "./user.ts";
import { withRetries } from "./with_retries.ts";
import { bytesOf, getAll, readStory } from "./workspace.ts";

/** The kinds of counters that hold an earliest and a latest time. */
const SEEN_KINDS: readonly SegmentKind[] = ["total", "config", "setup"];
/** Stories that are read at once. */
const STRIDE = 100;
/** Rows that one commit changes. */
const ROWS = 300;
/** Deltas that need no fold before. */
const FEW = 20;

/**
 * Finishes what taking records out of a flag began: the index loses them, and
 * the earliest and latest times, which are no sums, are found anew.
 *
 * Writers go on meanwhile. So the times are found twice. The first are put in
 * the place of those that are known, and may lack what was written while they
 * were looked for; the second hold everything that was written before that,
 * and are added. What is written after it says its own times.
 *
 * @param now Epoch milliseconds.
 */
export async function settleFlag(
  kv: Deno.Kv,
  flag: string,
  now: number,
): Promise<void> {
  const mark = await kv.get(settleKey(flag));
  await replaceTimes(kv, flag, await timesOf(kv, flag));
  const times = await timesOf(kv, flag);
  await withRetries(async () => {
    const atomic = kv.atomic();
    addDeltas(atomic, flag, times.segments());
    await atomic.commit();
    return true;
  });
  await withRetries(async () => {
    await noteUnused(kv, flag, now);
    return true;
  });
  // Somebody may have begun to take out more.
  await kv.atomic().check(mark).delete(mark.key).commit();
}

/** Finishes what was broken off. */
export async function settleAll(kv: Deno.Kv, now: number): Promise<void> {
  for await (const { key } of kv.list({ prefix: settlePrefix() })) {
    await settleFlag(kv, String(key[1]), now);
  }
}

/**
 * The earliest and latest times by the stories that are there; on the way the
 * index is cleared of those that are not.
 */
async function timesOf(kv: Deno.Kv, flag: string): Promise<FlagCounters> {
  const times = new FlagCounters();
  // What retention has deleted was seen, too.
  addSeenOf(times, await readBase(kv, flag));
  for await (const entry of kv.list({ prefix: indexPrefix(flag) })) {
    const reader = new ByteReader(bytesOf(entry));
    const ids: string[] = [];
    while (!reader.done) ids.push(readId(reader));
    const left: string[] = [];
    for (let start = 0; start < ids.length; start += STRIDE) {
      const some = ids.slice(start, start + STRIDE);
      left.push(...await addTimes(kv, flag, some, times));
    }
    if (left.length === ids.length) continue;
    const writer = new ByteWriter();
    for (const id of left) writeId(writer, id);
    const atomic = kv.atomic().check(entry);
    if (left.length === 0) atomic.delete(entry.key);
    else atomic.set(entry.key, writer.finish());
    await atomic.commit();
  }
  return times;
}

/** Adds the times of some stories; returns the ids of those that are there. */
async function addTimes(
  kv: Deno.Kv,
  flag: string,
  ids: readonly string[],
  times: FlagCounters,
): Promise<string[]> {
  const left: string[] = [];
  for (const [at, entry] of (await getAll(kv, ids.map(storyKey))).entries()) {
    const id = ids[at];
    if (id === undefined || entry.versionstamp === null) continue;
    const story = await readStory(kv, id, bytesOf(entry));
    if (story.assignment?.flag !== flag) continue;
    left.push(id);
    addSeenOf(times, countStory(story, new User()));
  }
  return left;
}

function addSeenOf(times: FlagCounters, counters: FlagCounters): void {
  for (const { kind, variant, part, fields } of counters.segments()) {
    if (!SEEN_KINDS.includes(kind)) continue;
    const known = times.fields(kind, variant, part);
    for (const time of timesIn(fields)) addSeen(known, time);
  }
}

/** Puts times in the place of those that rows and deltas hold. */
async function replaceTimes(
  kv: Deno.Kv,
  flag: string,
  times: FlagCounters,
): Promise<void> {
  await withRetries(async () => {
    // What deltas hold is rewritten: let them be few.
    while (await foldFlag(kv, flag, LOCAL_LIMITS) > FEW);
    const lock = await kv.get(foldKey(flag));
    // As a fold that changes no sketch.
    const mark = encodeFoldMark(decodeFoldMark(lock));
    const atomic = kv.atomic().check(lock).set(lock.key, mark);
    const pending = new FlagCounters();
    for await (const entry of kv.list({ prefix: deltaPrefix(flag) })) {
      addBlock(pending, bytesOf(entry));
      atomic.delete(entry.key);
    }
    let rows = 0;
    for (const kind of SEEN_KINDS) {
      for (const { fields } of segmentsOf(pending, kind)) removeTimes(fields);
      const prefix = sumPrefix(flag, kind);
      for await (const entry of kv.list({ prefix })) {
        const fields = decodeFields(bytesOf(entry));
        const { variant, part } = segmentOf(entry.key);
        // What stays as it is needs no write.
        const [known] = [times.of(kind).get(variant)?.get(part)?.fields];
        const same = timesIn(fields).join() === timesIn(known).join();
        if (same || timesIn(fields).length === 0) continue;
        if (++rows > ROWS) break;
        removeTimes(fields);
        if (fields.size === 0) atomic.delete(entry.key);
        else atomic.set(entry.key, encodeFields(fields));
      }
    }
    for (const segment of times.segments()) pending.add(segment);
    addDeltas(atomic, flag, pending.segments());
    const { ok } = await atomic.commit();
    // The rows that are left are the next attempt's.
    return ok && rows <= ROWS ? true : null;
  });
}

function* segmentsOf(
  counters: FlagCounters,
  kind: SegmentKind,
): Generator<{ readonly fields: Fields }> {
  for (const parts of counters.of(kind).values()) yield* parts.values();
}

function timesIn(fields: Fields | undefined): number[] {
  return [FIRST, LAST].map((field) => fields?.get(field))
    .filter((time) => time !== undefined).map(Number);
}

function removeTimes(fields: Fields): void {
  fields.delete(FIRST);
  fields.delete(LAST);
}
