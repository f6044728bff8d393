import { addDeltas } from "./add_deltas.ts";
import { deleteWaiting } from "./delete_waiting.ts";
import { FlagCounters } from "./flag_counters.ts";
import { flagNames } from "./flag_names.ts";
import {
  pastKey,
  settleKey,
  storyKey,
  storyPageKey,
  userKey,
  waitingKey,
} from "./keys.ts";
import { forgetHistory } from "./history.ts";
import type { CommitLimits } from "./limits.ts";
import { settleFlag } from "./settle.ts";
import type { Story } from "./story.ts";
import { contributionOf, countStory, takeOut } from "./take_out.ts";
import { User } from "./user.ts";
import { stories } from "./verify.ts";
import { withRetries } from "./with_retries.ts";
import { bytesOf, getAll, readStory } from "./workspace.ts";

/** What an erasure took away. */
export interface Erased {
  readonly assignments: number;
  readonly records: number;
}

/** A story with the state of its row. */
interface Found {
  readonly story: Story;
  readonly versionstamp: string;
}

const MAX_MUTATIONS = 700;
const MAX_STORIES = 80;
const NO_BYTES = new Uint8Array(0);

/**
 * Erases users: their records go, and every counter becomes what it would be
 * without them. The history of their flags goes, too: it cannot be corrected. Servers may go on meanwhile. Where it is broken off, calling
 * it again goes on.
 *
 * @param users Their ids, as they were sent.
 * @param now Epoch milliseconds.
 */
export async function eraseUsers(
  kv: Deno.Kv,
  users: readonly string[],
  limits: CommitLimits,
  now: number,
): Promise<Erased> {
  const sum = { assignments: 0, records: 0 };
  const add = ({ assignments, records }: Erased): void => {
    sum.assignments += assignments;
    sum.records += records;
  };
  for await (const flag of flagNames(kv)) {
    const before = sum.assignments;
    for (const user of users) {
      const place = { flag, key: userKey(flag, user) };
      add(await eraseUserRow(kv, place, limits));
    }
    if (sum.assignments === before) continue;
    await settleFlag(kv, flag, now);
    await forgetHistory(kv, flag);
  }
  add(await eraseWaiting(kv, new Set(users)));
  return sum;
}

/** A user's row of one flag. */
export interface UserPlace {
  readonly flag: string;
  /** Of the row. */
  readonly key: Deno.KvKey;
}

/** Erases a user of one flag, in as many commits as it takes. */
export async function eraseUserRow(
  kv: Deno.Kv,
  place: UserPlace,
  limits: CommitLimits,
): Promise<Erased> {
  const { flag } = place;
  const erased = { assignments: 0, records: 0 };
  for (let more = true; more;) {
    more = await withRetries(async () => {
      const entry = await kv.get(place.key);
      if (entry.versionstamp === null) return false;
      const row = User.decode(bytesOf(entry));
      const found = await storiesOf(kv, place, row);
      const now = firstOf(found, limits);
      const rest = found.slice(now.length);
      const atomic = kv.atomic().check(entry);
      atomic.set(settleKey(flag), NO_BYTES).delete(pastKey(place.key));
      const counters = new FlagCounters();
      takeOut(counters, contributionOf(row));
      writeRest(atomic, counters, { place, row, rest });
      for (const { story, versionstamp } of now) {
        takeOut(counters, countStory(story, new User()));
        const key = storyKey(story.id);
        atomic.check({ key, versionstamp }).delete(key);
        for (let page = 0; page < story.pages; page++) {
          atomic.delete(storyPageKey(story.id, page));
        }
        atomic.delete(waitingKey(story.id));
      }
      addDeltas(atomic, flag, counters.segments());
      if (!(await atomic.commit()).ok) return null;
      erased.assignments += now.length;
      for (const { story } of now) erased.records += story.others.length + 1;
      return rest.length > 0;
    });
  }
  return erased;
}

/** The stories of a user; those that are gone already are left out. */
async function storiesOf(
  kv: Deno.Kv,
  { key }: UserPlace,
  { ids, pages }: User,
): Promise<Found[]> {
  const sealed = await getAll(
    kv,
    Array.from({ length: pages }, (_, page) => [...key, page]),
  );
  const all = [
    ...sealed.flatMap((entry) => User.decodePage(bytesOf(entry))),
    ...ids,
  ];
  const entries = await getAll(kv, all.map(storyKey));
  const found = await Promise.all(entries.map(async (entry, at) => {
    const id = all[at];
    if (id === undefined || entry.versionstamp === null) return [];
    const story = await readStory(kv, id, bytesOf(entry));
    return [{ story, versionstamp: entry.versionstamp }];
  }));
  return found.flat();
}

/** As many stories as one commit can take away. */
function firstOf(found: readonly Found[], { checks }: CommitLimits): Found[] {
  let mutations = 0;
  const now: Found[] = [];
  for (const each of found) {
    mutations += each.story.pages + 3;
    const isFull = now.length === Math.min(MAX_STORIES, checks - 2) ||
      mutations > MAX_MUTATIONS;
    if (isFull && now.length > 0) break;
    now.push(each);
  }
  return now;
}

/** Writes the user's row as it is by the stories that are left. */
function writeRest(
  atomic: Deno.AtomicOperation,
  counters: FlagCounters,
  { place: { key }, row, rest }: {
    readonly place: UserPlace;
    readonly row: User;
    readonly rest: readonly Found[];
  },
): void {
  const left = new User();
  for (const { story } of rest) {
    countStory(story, left);
    left.addAssignment(story.id);
  }
  for (const segment of contributionOf(left).segments()) counters.add(segment);
  const { row: value, pages } = left.encode();
  if (rest.length === 0) atomic.delete(key);
  else atomic.set(key, value);
  for (let page = pages.length; page < row.pages; page++) {
    atomic.delete([...key, page]);
  }
  for (const { page, value } of pages) {
    atomic.set([...key, page], value);
  }
}

/** Erases what waits for an assignment and names one of the users. */
async function eraseWaiting(
  kv: Deno.Kv,
  users: ReadonlySet<string>,
): Promise<Erased> {
  let records = 0;
  for await (const { id, assignment, others } of stories(kv)) {
    const isTheirs = assignment === null &&
      others.some(({ more }) => users.has(String(more["user_id"])));
    if (!isTheirs) continue;
    records += await deleteWaiting(kv, id);
  }
  return { assignments: 0, records };
}
