import { addToBase, mergeBase } from "./base.ts";
import { ByteWriter } from "./bytes.ts";
import { FlagCounters } from "./flag_counters.ts";
import { flagNames } from "./flag_names.ts";
import { writeId } from "./id_bytes.ts";
import { readIds } from "./id_list.ts";
import {
  indexPrefix,
  pastKey,
  storyKey,
  storyPageKey,
  userKey,
  waitingKey,
} from "./keys.ts";
import type { CommitLimits } from "./limits.ts";
import type { Story } from "./story.ts";
import { countStory } from "./take_out.ts";
import { User } from "./user.ts";
import { withRetries } from "./with_retries.ts";
import { bytesOf, getAll, readStory } from "./workspace.ts";

const MAX_MUTATIONS = 700;
const MAX_STORIES = 45;

/** What a run of the retention may delete. */
export interface RetireOptions {
  /** Received before that, in epoch milliseconds. */
  readonly before: number;
  readonly limits: CommitLimits;
  /** Assignments that are deleted at most. */
  readonly most: number;
}

interface Found {
  readonly story: Story;
  readonly versionstamp: string;
}

/**
 * Deletes assignments that came before a time, with all that belongs to them,
 * in small steps. Counters stay. What the deleted records are in the counters
 * is added up in the same commits: by flag in `base`, by user in `past`. So a
 * recount of what is left, together with those, still is what they say.
 *
 * @returns Assignments deleted.
 */
export async function retire(
  kv: Deno.Kv,
  options: RetireOptions,
): Promise<number> {
  let retired = 0;
  for await (const flag of flagNames(kv)) {
    const before = retired;
    while (retired < options.most) {
      const step = await withRetries(() => retireRow(kv, flag, options));
      if (step === 0) break;
      retired += Math.max(0, step);
    }
    if (retired === before) continue;
    await mergeBase(kv, flag);
  }
  return retired;
}

/**
 * Deletes what the oldest row of the index lists, as far as one commit goes.
 *
 * @returns Assignments deleted, -1 where there was a row but nothing to count,
 * 0 where no row is old enough, null where it has to be tried again.
 */
async function retireRow(
  kv: Deno.Kv,
  flag: string,
  { before, limits }: RetireOptions,
): Promise<number | null> {
  const prefix = indexPrefix(flag);
  const rows = kv.list(
    { start: [...prefix, -Infinity], end: [...prefix, before] },
    { limit: 20, batchSize: 20 },
  );
  for await (const row of rows) {
    const ids = readIds(bytesOf(row));
    const found = await storiesOf(kv, ids);
    const now = firstOf(found.filter(({ story }) => !story.waiting), limits);
    const gone = new Set(now.map(({ story }) => story.id));
    const there = new Set(found.map(({ story }) => story.id));
    const left = ids.filter((id) => there.has(id) && !gone.has(id));
    // What is not counted yet waits for its counting.
    if (left.length === ids.length) continue;
    const atomic = kv.atomic().check(row);
    if (left.length === 0) atomic.delete(row.key);
    else atomic.set(row.key, encodeIds(left));
    const base = new FlagCounters();
    await retireUsers(kv, atomic, flag, now, base);
    for (const { story, versionstamp } of now) {
      const key = storyKey(story.id);
      atomic.check({ key, versionstamp }).delete(key);
      for (let page = 0; page < story.pages; page++) {
        atomic.delete(storyPageKey(story.id, page));
      }
      atomic.delete(waitingKey(story.id));
    }
    addToBase(atomic, flag, base);
    if (!(await atomic.commit()).ok) return null;
    return now.length === 0 ? -1 : now.length;
  }
  return 0;
}

/** Moves what stories are from the users' ledger to their past. */
async function retireUsers(
  kv: Deno.Kv,
  atomic: Deno.AtomicOperation,
  flag: string,
  now: readonly Found[],
  base: FlagCounters,
): Promise<void> {
  const byUser = new Map<string, Story[]>();
  for (const { story } of now) {
    const user = story.assignment?.user ?? "";
    const own = byUser.get(user) ?? [];
    byUser.set(user, own);
    own.push(story);
  }
  for (const [user, stories] of byUser) {
    const key = userKey(flag, user);
    const [row, past] = await getAll(kv, [key, pastKey(key)]);
    if (row === undefined || past === undefined) continue;
    const deleted = past.versionstamp === null
      ? new User()
      : User.decode(bytesOf(past));
    for (const story of stories) addStory(base, countStory(story, deleted));
    atomic.check(row).set(pastKey(key), deleted.encode().row);
    const left = User.decode(bytesOf(row));
    const gone = new Set(stories.map(({ id }) => id));
    const { pages } = left;
    const sealed = await getAll(
      kv,
      Array.from({ length: pages }, (_, page) => [...key, page]),
    );
    const ids = [
      ...sealed.flatMap((entry) => User.decodePage(bytesOf(entry))),
      ...left.ids,
    ];
    left.keepOnly(ids.filter((id) => !gone.has(id)));
    const encoded = left.encode();
    atomic.set(key, encoded.row);
    for (const { page, value } of encoded.pages) {
      atomic.set([...key, page], value);
    }
    for (let page = encoded.pages.length; page < pages; page++) {
      atomic.delete([...key, page]);
    }
  }
}

/** Adds what a story is in the counters; minutes are gone by themselves. */
function addStory(base: FlagCounters, counters: FlagCounters): void {
  for (const segment of counters.segments()) {
    if (segment.kind !== "time" || segment.part !== "minute") base.add(segment);
  }
}

async function storiesOf(
  kv: Deno.Kv,
  ids: readonly string[],
): Promise<Found[]> {
  const entries = await getAll(kv, ids.map(storyKey));
  const found = await Promise.all(entries.map(async (entry, at) => {
    const id = ids[at];
    if (id === undefined || entry.versionstamp === null) return [];
    const story = await readStory(kv, id, bytesOf(entry));
    return [{ story, versionstamp: entry.versionstamp }];
  }));
  return found.flat();
}

/** As many stories as one commit can delete, with their users' rows. */
function firstOf(found: readonly Found[], { checks }: CommitLimits): Found[] {
  const most = Math.min(MAX_STORIES, Math.floor((checks - 1) / 2));
  let mutations = 0;
  const now: Found[] = [];
  for (const each of found) {
    mutations += each.story.pages + 8;
    if (now.length === most) break;
    if (mutations > MAX_MUTATIONS && now.length > 0) break;
    now.push(each);
  }
  return now;
}

function encodeIds(ids: readonly string[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const id of ids) writeId(writer, id);
  return writer.finish();
}
