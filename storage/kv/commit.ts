import { addDeltas } from "./add_deltas.ts";
import { ByteWriter } from "./bytes.ts";
import { addContribution } from "./contribution.ts";
import { FlagCounters } from "./flag_counters.ts";
import { writeId } from "./id_bytes.ts";
import { keyBytes } from "./key_bytes.ts";
import {
  indexKey,
  newNonce,
  storyKey,
  storyPageKey,
  userKey,
  userPageKey,
  waitingKey,
} from "./keys.ts";
import type { CommitLimits } from "./limits.ts";
import { isLocked } from "./while_locked.ts";
import type { StoryRow, UserRow } from "./workspace.ts";

/** Someone else changed a row that was read: nothing was written. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

interface Weight {
  readonly mutations: number;
  readonly keyBytes: number;
  readonly bytes: number;
}

/** What one commit writes for a flag, beside its rows. */
interface FlagPart {
  readonly counters: FlagCounters;
  /** The assignments that came, and when the last did. */
  readonly listed: { readonly id: string; readonly at: number }[];
  receivedAt: number;
}

const NO_BYTES = new Uint8Array(0);
/** A row, its marker, and a page that the next entry may seal. */
const MUTATIONS_PER_STORY = 3;
/** The longest key of a user's row, and one of a page of ids. */
const USER_KEY_BYTES = 1300;
/** A delta, the index of the assignments that came, and the flag's row. */
const FLAG_WEIGHT: Weight = { mutations: 5, keyBytes: 2240, bytes: 4096 };
const FRAMING = 16;
/** Beside the flag's name, at most. */
const FLAG_KEY = 48;
/** Bytes of a usual commit. */
const ROOM = 64 * 1024;
/** Rows that were read so long ago are likely to have changed. */
export const LOCKED_ATTEMPTS = 20;
/** More than one entry adds to the delta, without names. */
const BYTES_PER_ENTRY = 400;

/** One atomic commit in the making: rows, and the sums that belong to them. */
export class Commit {
  readonly #limits: CommitLimits;
  readonly #stories: Map<StoryRow, Weight> = new Map();
  readonly #users: Map<UserRow, Weight> = new Map();
  readonly #bodies: Map<string, { key: Deno.KvKey; body: Uint8Array }> =
    new Map();
  readonly #flags: Map<string, FlagPart> = new Map();
  #mutations = 0;
  #keyBytes = 0;
  #bytes = 0;

  constructor(limits: CommitLimits) {
    this.#limits = limits;
  }

  get empty(): boolean {
    return this.#stories.size === 0;
  }

  /** Whether one of its rows is being written by another commit. */
  get isBlocked(): boolean {
    for (const row of this.#stories.keys()) if (row.underWay) return true;
    for (const row of this.#users.keys()) if (row.underWay) return true;
    return false;
  }

  /** The names of the bodies that it writes. */
  get bodies(): Iterable<string> {
    return this.#bodies.keys();
  }

  /** The flags whose counters it changes. */
  get flags(): Iterable<string> {
    return this.#flags.keys();
  }

  /**
   * Whether the story can take one more entry, or have its next entry
   * counted, and the commit still is within the limits.
   *
   * @param user Whose row changes with it; null when none does.
   * @param bytes Of what is to be added: an entry with its bodies, or names.
   */
  hasRoom(row: StoryRow, user: UserRow | null, bytes: number): boolean {
    const weight = weightOfStory(row);
    const before = this.#stories.get(row);
    const { checks, mutations, keyBytes, bytes: most } = this.#limits;
    const keys = this.#keyBytes + weight.keyBytes * 2 -
      (before?.keyBytes ?? 0) + USER_KEY_BYTES + FLAG_WEIGHT.keyBytes;
    // What is in it already takes no further check: else the last story would
    // be cut in two, and the next commit would have to wait for this one.
    const added = (before === undefined ? 1 : 0) +
      (user === null || this.#users.has(user) ? 0 : 1);
    return this.#stories.size + this.#users.size + added <= checks &&
      this.#mutations + weight.mutations - (before?.mutations ?? 0) +
            FLAG_WEIGHT.mutations + 8 <= mutations &&
      keys <= keyBytes &&
      this.#bytes + weight.bytes - (before?.bytes ?? 0) + bytes +
            FLAG_WEIGHT.bytes + BYTES_PER_ENTRY + keys * 2 <= most;
  }

  /** What is added to a flag's counters. */
  counters(flag: string): FlagCounters {
    return this.#flag(flag).counters;
  }

  /** Makes room in the delta for what an entry adds to it. */
  grow(names: number): void {
    this.#bytes += BYTES_PER_ENTRY + names;
  }

  /** Writes the story's row, as it will stand when the commit is sent. */
  touch(row: StoryRow): void {
    this.#replace(this.#stories, row, weightOfStory(row));
  }

  /** Writes the user's row, and what it changes in the counters. */
  touchUser(row: UserRow): void {
    this.#replace(this.#users, row, weightOfUser(row));
  }

  /**
   * Puts an assignment into the index of its flag.
   *
   * @param at The time of the assignment, by which those of one commit are
   * in order, in epoch milliseconds.
   */
  list(flag: string, id: string, at: number, receivedAt: number): void {
    const part = this.#flag(flag);
    part.listed.push({ id, at });
    part.receivedAt = Math.max(part.receivedAt, receivedAt);
    this.#bytes += id.length * 3 + 4;
  }

  /** Writes what many assignments have in common. */
  addBody(name: string, key: Deno.KvKey, body: Uint8Array): void {
    if (this.#bodies.has(name)) return;
    this.#bodies.set(name, { key, body });
    this.#add({ mutations: 1, keyBytes: name.length * 3, bytes: body.length });
  }

  /**
   * Sends the commit, and brings its rows up to date. What is done to them
   * while it is under way belongs to the next commit.
   *
   * @param pause Waits before it is sent again, while another process holds
   * the database.
   * @throws {ConflictError} Nothing was written.
   * @throws {Error} Something went wrong; it is unknown whether anything was
   * written. The rows must be read again.
   */
  async write(kv: Deno.Kv, pause: () => Promise<void>): Promise<void> {
    const atomic = kv.atomic();
    const writer = new ByteWriter(ROOM);
    for (const row of this.#users.keys()) this.#writeUser(atomic, writer, row);
    for (const { key, body } of this.#bodies.values()) atomic.set(key, body);
    for (const row of this.#stories.keys()) writeStory(atomic, writer, row);
    for (const [flag, part] of this.#flags) {
      writeFlag(atomic, writer, flag, part);
    }
    const result = await committed(atomic, pause);
    if (!result.ok) throw new ConflictError("A row was changed meanwhile");
    for (const rows of [this.#stories.keys(), this.#users.keys()]) {
      for (const row of rows) {
        row.versionstamp = result.versionstamp;
        row.underWay = false;
      }
    }
    for (const row of this.#stories.keys()) row.presumed = false;
  }

  #writeUser(
    atomic: Deno.AtomicOperation,
    writer: ByteWriter,
    row: UserRow,
  ): void {
    const { flag, name, user, versionstamp } = row;
    addContribution(this.#flag(flag).counters, user);
    const key = userKey(flag, name);
    atomic.check({ key, versionstamp });
    const { row: value, pages } = user.encode(writer);
    for (const { page, value } of pages) {
      atomic.set(userPageKey(flag, name, page), value);
    }
    atomic.set(key, value);
    user.written();
    row.underWay = true;
  }

  #flag(flag: string): FlagPart {
    let part = this.#flags.get(flag);
    if (part === undefined) {
      part = { counters: new FlagCounters(), listed: [], receivedAt: 0 };
      this.#flags.set(flag, part);
      this.#add({ ...FLAG_WEIGHT, keyBytes: 4 * (keyBytes(flag) + FLAG_KEY) });
    }
    return part;
  }

  #replace<Row>(rows: Map<Row, Weight>, row: Row, weight: Weight): void {
    const before = rows.get(row);
    rows.set(row, weight);
    this.#add(weight);
    if (before !== undefined) this.#add(before, -1);
  }

  #add({ mutations, keyBytes, bytes }: Weight, sign: 1 | -1 = 1): void {
    this.#mutations += sign * mutations;
    this.#keyBytes += sign * keyBytes;
    this.#bytes += sign * bytes;
  }
}

/** Sends a commit, and again while another process holds the database. */
async function committed(
  atomic: Deno.AtomicOperation,
  pause: () => Promise<void>,
): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
  for (let attempt = 1;; attempt++) {
    try {
      return await atomic.commit();
    } catch (error) {
      // Nothing was written; should something have been, the checks fail.
      if (!isLocked(error) || attempt === LOCKED_ATTEMPTS) throw error;
    }
    await pause();
  }
}

function weightOfStory({ story }: StoryRow): Weight {
  const mutations = MUTATIONS_PER_STORY + story.sealed;
  return {
    mutations,
    keyBytes: mutations * (story.id.length * 3 + FRAMING),
    bytes: story.bytes,
  };
}

function weightOfUser({ flag, name, user }: UserRow): Weight {
  const mutations = 1 + user.sealed;
  return {
    mutations,
    keyBytes: mutations *
      Math.min(USER_KEY_BYTES, (flag.length + name.length) * 3 + FRAMING),
    bytes: user.bytes,
  };
}

function writeStory(
  atomic: Deno.AtomicOperation,
  writer: ByteWriter,
  row: StoryRow,
): void {
  const { story, versionstamp, marked } = row;
  const { row: value, pages } = story.encode(writer);
  const key = storyKey(story.id);
  atomic.check({ key, versionstamp });
  for (const { page, value } of pages) {
    atomic.set(storyPageKey(story.id, page), value);
  }
  atomic.set(key, value);
  if (story.waiting && !marked) atomic.set(waitingKey(story.id), NO_BYTES);
  if (!story.waiting && marked) atomic.delete(waitingKey(story.id));
  row.marked = story.waiting;
  row.underWay = true;
  story.written();
}

function writeFlag(
  atomic: Deno.AtomicOperation,
  writer: ByteWriter,
  flag: string,
  { counters, listed, receivedAt }: FlagPart,
): void {
  addDeltas(atomic, flag, counters.segments(), writer);
  if (listed.length === 0) return;
  listed.sort((a, b) => a.at - b.at);
  for (const { id } of listed) writeId(writer, id);
  atomic.set(indexKey(flag, receivedAt, newNonce()), writer.finish());
}
