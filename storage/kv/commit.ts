import { configKey, storyKey, storyPageKey, waitingKey } from "./keys.ts";
import { keyBytes } from "./key_bytes.ts";
import type { CommitLimits } from "./limits.ts";
import { COUNTERS_PER_ENTRY } from "./count.ts";
import { Tally } from "./tally.ts";
import type { StoryRow, UserRow } from "./workspace.ts";

/** Someone else changed a row that was read: nothing was written. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

/** A config's body on its way into the database. */
export interface ConfigBody {
  readonly flag: string;
  readonly variant: string;
  readonly hash: string;
  readonly body: string;
}

interface Weight {
  readonly mutations: number;
  readonly keyBytes: number;
  readonly bytes: number;
}

const NO_BYTES = new Uint8Array(0);
/** A row, its marker, and a page that the next entry may seal. */
const MUTATIONS_PER_STORY = 3;
/** A flag, a variant and a user's id at their longest. */
const USER_WEIGHT: Weight = { mutations: 1, keyBytes: 1700, bytes: 1 };
const FRAMING = 16;
const COUNTER_BYTES = 32;
/** What a user's row says: nothing but its version. */
const USER_SEEN = new Uint8Array([1]);
const encoder = new TextEncoder();

/** One atomic commit in the making: rows, and the sums that belong to them. */
export class Commit {
  readonly tally: Tally = new Tally();
  readonly #limits: CommitLimits;
  readonly #stories: Map<StoryRow, Weight> = new Map();
  readonly #users: Set<UserRow> = new Set();
  readonly #configs: Map<string, ConfigBody> = new Map();
  #mutations = 0;
  #keyBytes = 0;
  #bytes = 0;

  constructor(limits: CommitLimits) {
    this.#limits = limits;
  }

  get empty(): boolean {
    return this.#stories.size === 0;
  }

  /** The config bodies that it writes. */
  get configs(): Iterable<string> {
    return this.#configs.keys();
  }

  /**
   * Whether the story can take one more entry of this size, or have its next
   * entry counted, and the commit still is within the limits.
   *
   * @param bytes Of the entry and its config, if one is to be added.
   * @param counterKeyBytes Of one counter's key, if one is to be counted.
   */
  hasRoom(row: StoryRow, bytes: number, counterKeyBytes: number): boolean {
    const weight = weightOf(row);
    const before = this.#stories.get(row);
    const counters = counterKeyBytes === 0 ? 0 : COUNTERS_PER_ENTRY;
    const keys = this.#keyBytes + this.tally.keyBytes +
      weight.keyBytes * 2 - (before?.keyBytes ?? 0) +
      counters * counterKeyBytes;
    const { checks, mutations, keyBytes, bytes: most } = this.#limits;
    return this.#stories.size + this.#users.size + 2 <= checks &&
      this.#mutations + this.tally.size + weight.mutations -
            (before?.mutations ?? 0) + counters + 3 <= mutations &&
      keys <= keyBytes &&
      this.#bytes + weight.bytes - (before?.bytes ?? 0) + bytes +
            keys * 2 + (this.tally.size + counters) * COUNTER_BYTES <= most;
  }

  /** Writes the story's row, as it will stand when the commit is sent. */
  touch(row: StoryRow): void {
    const before = this.#stories.get(row);
    const weight = weightOf(row);
    this.#stories.set(row, weight);
    this.#add(weight, 1);
    if (before !== undefined) this.#add(before, -1);
  }

  /** Writes the row of a user who is new to the variant. */
  addUser(row: UserRow): void {
    row.known = true;
    this.#users.add(row);
    this.#add(USER_WEIGHT, 1);
  }

  /** @param id What {@linkcode Commit.configs} calls it. */
  addConfig(id: string, config: ConfigBody): void {
    if (this.#configs.has(id)) return;
    this.#configs.set(id, config);
    this.#add({
      mutations: 1,
      keyBytes: keyBytes(config.flag + config.variant) + 64,
      bytes: config.body.length * 3,
    }, 1);
  }

  /**
   * Sends the commit, and brings its rows up to date.
   *
   * @throws {ConflictError} Nothing was written.
   * @throws {Error} Something went wrong; it is unknown whether anything was
   * written. The rows must be read again.
   */
  async write(kv: Deno.Kv): Promise<void> {
    const atomic = kv.atomic();
    // Counters first: should one of them be broken, no row says that its
    // entries were counted.
    for (const { key, combine, amount } of this.tally.changes()) {
      const value = BigInt.asUintN(64, BigInt(amount));
      atomic[combine](key, value);
    }
    for (const user of this.#users) {
      atomic.check({ key: user.key, versionstamp: null });
      atomic.set(user.key, USER_SEEN);
    }
    for (const { flag, variant, hash, body } of this.#configs.values()) {
      atomic.set(configKey(flag, variant, hash), encoder.encode(body));
    }
    for (const row of this.#stories.keys()) writeStory(atomic, row);
    const result = await atomic.commit();
    if (!result.ok) throw new ConflictError("A row was changed meanwhile");
    for (const row of this.#stories.keys()) {
      row.versionstamp = result.versionstamp;
      row.marked = row.story.waiting;
      row.story.written();
    }
  }

  #add({ mutations, keyBytes, bytes }: Weight, sign: 1 | -1): void {
    this.#mutations += sign * mutations;
    this.#keyBytes += sign * keyBytes;
    this.#bytes += sign * bytes;
  }
}

function weightOf({ story }: StoryRow): Weight {
  const mutations = MUTATIONS_PER_STORY + story.sealed;
  return {
    mutations,
    keyBytes: mutations * (keyBytes(story.id) + FRAMING),
    bytes: story.bytes,
  };
}

function writeStory(
  atomic: Deno.AtomicOperation,
  { story, versionstamp, marked }: StoryRow,
): void {
  const { row, pages } = story.encode();
  const key = storyKey(story.id);
  atomic.check({ key, versionstamp });
  for (const { page, value } of pages) {
    atomic.set(storyPageKey(story.id, page), value);
  }
  atomic.set(key, row);
  if (story.waiting && !marked) atomic.set(waitingKey(story.id), NO_BYTES);
  if (!story.waiting && marked) atomic.delete(waitingKey(story.id));
}
