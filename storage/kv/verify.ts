import { ByteReader } from "./bytes.ts";
import { counterName } from "./counter_names.ts";
import { readCounters } from "./counters.ts";
import { DAY, TIME_STRIDE } from "./fields.ts";
import type { FlagCounters, Segment } from "./flag_counters.ts";
import { readId } from "./id_bytes.ts";
import { IdSum } from "./id_sum.ts";
import {
  countersPrefix,
  idOfPart,
  indexPrefix,
  keyText,
  storyPrefix,
  userPrefix,
  waitingPrefix,
} from "./keys.ts";
import { readBases, readPast } from "./read_deleted.ts";
import { Recount } from "./recount.ts";
import { sketchPrefix, timePrefix } from "./segment_keys.ts";
import { Story } from "./story.ts";
import { minutesHorizon } from "./sweep.ts";
import { User } from "./user.ts";
import { compareFlags } from "./verify_flags.ts";
import { verifyUser } from "./verify_user.ts";
import { bytesOf } from "./workspace.ts";

/** Something that is not what the ledger says. */
export interface Mismatch {
  /** The counter's name or the row's key, as JSON. */
  readonly key: string;
  /** What the records add up to; null when they know no such thing. */
  readonly recounted: bigint | string | null;
  /** What the database says; null when it knows no such thing. */
  readonly counted: bigint | string | null;
}

/** What a recount found. */
export interface Verification {
  readonly assignments: number;
  readonly records: number;
  /** Records that wait for their assignment. */
  readonly orphans: number;
  /** Records that are durable and will be counted by a running server. */
  readonly uncounted: number;
  readonly users: number;
  readonly counters: number;
  readonly mismatches: readonly Mismatch[];
}

/** Small, so that a server on the same database can go on writing. */
const PAGE = { batchSize: 100 };
/** `u`, flag, user. */
const USER_KEY_LENGTH = 3;
/** Users that are held in memory together: some 100 MB. */
const USERS_PER_PART = 250_000;

/**
 * Recounts the ledger and compares the result with every counter, every user's
 * row, every index and every mark.
 *
 * @param kv A database to which nothing is written meanwhile: a copy, or one
 * whose servers are stopped. Else what is in flight may show as a mismatch.
 * @param now Epoch milliseconds; minute counters that are past their time are
 * left out.
 * @param usersPerPart The ledger is read once for every so many users: what
 * they add up to is in memory, with all counters of all flags.
 */
export async function verify(
  kv: Deno.Kv,
  now: number,
  usersPerPart: number = USERS_PER_PART,
): Promise<Verification> {
  const mismatches: Mismatch[] = [];
  const report: Report = (key, recounted, counted) => {
    mismatches.push({ key, recounted, counted });
  };
  const users = await countUsers(kv);
  const parts = Math.max(1, Math.ceil(users / usersPerPart));
  const recount = new Recount(parts);
  const marked = await readMarks(kv);
  const sum = { assignments: 0, records: 0, orphans: 0, uncounted: 0 };
  for (let part = 0; part < parts; part++) {
    await readLedger(kv, recount, marked, sum, report);
    await readPast(kv, recount);
    await compareUsers(kv, recount, report);
    recount.finishPart();
  }
  await readBases(kv, recount);
  for (const id of marked) report(JSON.stringify(["w", id]), null, 1n);
  await compareIndex(kv, recount.index, report);
  await compareFlags(kv, PAGE.batchSize, report);
  const horizon = await minutesHorizon(kv, now);
  const counters = await compareCounters(kv, recount, horizon, report);
  return { ...sum, users, counters, mismatches };
}

type Report = (
  key: string,
  recounted: Mismatch["recounted"],
  counted: Mismatch["counted"],
) => void;

/** How many users there are. */
async function countUsers(kv: Deno.Kv): Promise<number> {
  let users = 0;
  for await (const { key } of kv.list({ prefix: userPrefix() }, PAGE)) {
    if (key.length === USER_KEY_LENGTH) users++;
  }
  return users;
}

/** The assignments that are marked as waiting to be counted. */
async function readMarks(kv: Deno.Kv): Promise<Set<string>> {
  const marked = new Set<string>();
  for await (const { key } of kv.list({ prefix: waitingPrefix() }, PAGE)) {
    marked.add(idOfPart(key[1]));
  }
  return marked;
}

interface LedgerSum {
  assignments: number;
  records: number;
  orphans: number;
  uncounted: number;
}

/** Recounts the stories of one part. */
async function readLedger(
  kv: Deno.Kv,
  recount: Recount,
  marked: Set<string>,
  sum: LedgerSum,
  report: Report,
): Promise<void> {
  for await (const story of stories(kv)) {
    if (!recount.includes(story)) continue;
    recount.add(story);
    sum.records += story.others.length;
    if (story.assignment === null) sum.orphans += story.others.length;
    else {
      sum.assignments++;
      sum.records++;
      sum.uncounted += story.others.length + 1 - story.counted;
    }
    const key = JSON.stringify(["w", story.id]);
    const isMarked = marked.delete(story.id);
    if (story.waiting && !isMarked) report(key, 1n, null);
    if (!story.waiting && isMarked) report(key, null, 1n);
  }
}

/** Compares the rows of the users of one part. */
async function compareUsers(
  kv: Deno.Kv,
  recount: Recount,
  report: Report,
): Promise<void> {
  const { users } = recount;
  const missing = new Set(users.keys());
  let current: { key: string; user: User; ids: IdSum } | null = null;
  const settle = (): void => {
    if (current === null) return;
    const { key, user, ids } = current;
    for (const id of user.ids) ids.add(id);
    missing.delete(key);
    const fault = verifyUser(users.get(key), user, ids);
    if (fault !== null) report(key, fault.recounted, fault.counted);
  };
  for await (const entry of kv.list({ prefix: userPrefix() }, PAGE)) {
    const row = entry.key.slice(0, USER_KEY_LENGTH);
    if (!recount.includesUser(row)) continue;
    if (entry.key.length > USER_KEY_LENGTH) {
      for (const id of User.decodePage(bytesOf(entry))) current?.ids.add(id);
      continue;
    }
    settle();
    const key = keyText(row);
    current = { key, user: User.decode(bytesOf(entry)), ids: new IdSum() };
  }
  settle();
  for (const key of missing) report(key, "a row", null);
}

async function compareIndex(
  kv: Deno.Kv,
  expected: ReadonlyMap<string, IdSum>,
  report: Report,
): Promise<void> {
  const found = new Map<string, IdSum>();
  for await (const entry of kv.list({ prefix: indexPrefix() }, PAGE)) {
    const flag = String(entry.key[1]);
    const sum = found.get(flag) ?? new IdSum();
    found.set(flag, sum);
    const reader = new ByteReader(bytesOf(entry));
    while (!reader.done) sum.add(readId(reader));
  }
  for (const flag of new Set([...expected.keys(), ...found.keys()])) {
    const [recounted, counted] = [expected.get(flag), found.get(flag)]
      .map((sum) => sum?.toString() ?? null);
    if (recounted === counted) continue;
    report(
      JSON.stringify(indexPrefix(flag)),
      recounted ?? null,
      counted ?? null,
    );
  }
}

async function compareCounters(
  kv: Deno.Kv,
  { counters: expected }: Recount,
  horizon: number,
  report: Report,
): Promise<number> {
  const flags = new Set(expected.keys());
  for (const prefix of [countersPrefix(), sketchPrefix(), timePrefix()]) {
    for await (const { key } of kv.list({ prefix }, PAGE)) {
      flags.add(String(key[1]));
    }
  }
  let count = 0;
  for (const flag of flags) {
    const counters = await readCounters(kv, flag, [
      { prefix: sketchPrefix(flag) },
      { prefix: timePrefix(flag) },
    ]);
    const recounted = expected.get(flag) ?? new Map<string, bigint>();
    count += compareFlag(flag, counters, recounted, horizon, report);
    expected.delete(flag);
  }
  return count;
}

function compareFlag(
  flag: string,
  counters: FlagCounters,
  expected: Map<string, bigint>,
  horizon: number,
  report: Report,
): number {
  let count = 0;
  for (const segment of counters.segments()) {
    for (const [field, amount] of segment.fields) {
      count++;
      const name = JSON.stringify(counterName(flag, segment, field));
      const recounted = expected.get(name) ?? null;
      expected.delete(name);
      const counted = BigInt(amount);
      if (counted === recounted || isPast(segment, field, horizon)) continue;
      report(name, recounted, counted);
    }
  }
  for (const [name, value] of expected) {
    if (value !== 0n && !isPastName(name, horizon)) report(name, value, null);
  }
  return count;
}

/** All stories, in the order of their keys. */
export async function* stories(kv: Deno.Kv): AsyncGenerator<Story> {
  let [id, row]: [string, Uint8Array | null] = ["", null];
  let pages: Uint8Array[] = [];
  for await (const entry of kv.list({ prefix: storyPrefix() }, PAGE)) {
    const [, part, page] = entry.key;
    if (page !== undefined) {
      pages.push(bytesOf(entry));
      continue;
    }
    if (row !== null) yield Story.decode(id, row, pages);
    [id, row, pages] = [idOfPart(part), bytesOf(entry), []];
  }
  if (row !== null) yield Story.decode(id, row, pages);
}

const MINUTE = DAY / 1440;

/** Minutes are deleted when they are past their time. */
function isPast(
  { kind, part }: Segment,
  field: number,
  horizon: number,
): boolean {
  return kind === "time" && part === "minute" &&
    Math.floor(field / TIME_STRIDE) * MINUTE < horizon;
}

function isPastName(name: string, horizon: number): boolean {
  const [, kind, , granularity, bucket]: unknown[] = JSON.parse(name);
  return kind === "time" && granularity === "minute" &&
    Number(bucket) * MINUTE < horizon;
}
