import { storyKey, storyPageKey, userKey } from "./keys.ts";
import { Story } from "./story.ts";
import { User } from "./user.ts";

/** Deno KV reads at most this many keys at once. */
const KEYS_PER_READ = 10;

/** A story with the state of its row in the database. */
export interface StoryRow {
  readonly story: Story;
  /** Of the row as it was read or written last; null when there is none. */
  versionstamp: string | null;
  /** Whether the database marks the story as waiting to be counted. */
  marked: boolean;
  /** Whether a commit is writing it, and its next version is not known. */
  underWay: boolean;
  /** Whether it is taken to be new without having been looked for. */
  presumed: boolean;
  /** The last round that needs it. */
  round: number;
}

/** A user with the state of the row in the database. */
export interface UserRow {
  readonly flag: string;
  readonly name: string;
  readonly user: User;
  /** Of the row as it was read or written last; null when there is none. */
  versionstamp: string | null;
  /** Whether a commit is writing it, and its next version is not known. */
  underWay: boolean;
  /** The last round that needs it. */
  round: number;
}

/** Whose row to read. */
export interface UserOfFlag {
  readonly flag: string;
  readonly user: string;
}

/**
 * Rows as they were read, and as the commits that follow change them. A row is
 * kept as long as the commits of a round that needs it are not settled: until
 * then the database does not have what is here.
 */
export class Workspace {
  readonly #kv: Deno.Kv;
  readonly #stories: Map<string, StoryRow> = new Map();
  /** By flag and user. */
  readonly #users: Map<string, Map<string, UserRow>> = new Map();
  /** Likewise, what ends when those that are being read have been read. */
  readonly #reading: Map<string, Map<string, Promise<void>>> = new Map();
  #round = 0;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Begins a round, which needs what it asks for; gives its number. */
  begin(): number {
    return ++this.#round;
  }

  /** Forgets what no later round needs. */
  release(round: number): void {
    for (const [id, row] of this.#stories) {
      if (row.round <= round) this.#stories.delete(id);
    }
    for (const [flag, rows] of this.#users) {
      for (const [name, row] of rows) {
        if (row.round <= round) forget(this.#users, flag, name);
      }
    }
  }

  /** Reads the stories of assignments that are not here. */
  async loadStories(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#needStory(id));
    const entries = await getAll(this.#kv, unknown.map(storyKey));
    await Promise.all(entries.map(async (entry, index) => {
      const id = unknown[index];
      if (id === undefined) return;
      this.#stories.set(id, await this.#readStory(id, entry));
    }));
  }

  /**
   * Takes the story of an assignment to be new: a read takes as long as a
   * write, and most are. Should it be there, the commit that checks it fails.
   */
  presumeStory(id: string): void {
    if (this.#needStory(id)) return;
    this.#stories.set(id, this.#newStory(id, true));
  }

  /**
   * Reads the rows of users that a round to come will ask for. Fails never:
   * what could not be read is read when it is asked for.
   */
  async expectUsers(users: Iterable<UserOfFlag>): Promise<void> {
    try {
      await this.#readUsers(users, Infinity);
    } catch {
      // The round finds out.
    }
  }

  /** Reads the rows of users that are not here. */
  async loadUsers(users: Iterable<UserOfFlag>): Promise<void> {
    await this.#readUsers(users, this.#round);
  }

  /** @throws {Error} The story was not loaded. */
  story(id: string): StoryRow {
    const row = this.#stories.get(id);
    if (row === undefined) throw new Error(`Story ${id} is not loaded`);
    return row;
  }

  /** @throws {Error} The row was not loaded. */
  user({ flag, user }: UserOfFlag): UserRow {
    const row = this.#users.get(flag)?.get(user);
    if (row === undefined) throw new Error(`${user} of ${flag} is not loaded`);
    return row;
  }

  /**
   * Reads each row once at a time: who asks for one that is being read waits
   * for that. Read by two, it could be changed, written and forgotten before
   * the second read brings it as it was.
   *
   * @param round The last round that needs them.
   */
  async #readUsers(
    users: Iterable<UserOfFlag>,
    round: number,
  ): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wanted: UserOfFlag[] = [];
    const awaited: UserOfFlag[] = [];
    const reads = new Set<Promise<void>>();
    for (const { flag, user } of users) {
      const row = this.#users.get(flag)?.get(user);
      const read = this.#reading.get(flag)?.get(user);
      if (row !== undefined) row.round = round;
      else if (read === undefined) {
        wanted.push({ flag, user });
        mapOf(this.#reading, flag).set(user, promise);
      } else if (read !== promise) {
        awaited.push({ flag, user });
        reads.add(read);
      }
    }
    try {
      await this.#fetchUsers(wanted, round);
    } finally {
      for (const { flag, user } of wanted) forget(this.#reading, flag, user);
      resolve();
    }
    if (awaited.length === 0) return;
    await Promise.all(reads);
    // They are here now, unless that read has failed.
    await this.#readUsers(awaited, round);
  }

  async #fetchUsers(
    users: readonly UserOfFlag[],
    round: number,
  ): Promise<void> {
    const keys = users.map(({ flag, user }) => userKey(flag, user));
    const entries = await getAll(this.#kv, keys);
    for (const [index, { flag, user: name }] of users.entries()) {
      const entry = entries[index];
      if (entry === undefined) continue;
      const { versionstamp } = entry;
      const user = versionstamp === null
        ? new User()
        : User.decode(bytesOf(entry));
      const row = { flag, name, user, versionstamp, underWay: false, round };
      mapOf(this.#users, flag).set(name, row);
    }
  }

  async #readStory(
    id: string,
    entry: Deno.KvEntryMaybe<unknown>,
  ): Promise<StoryRow> {
    const { versionstamp } = entry;
    if (versionstamp === null) return this.#newStory(id, false);
    const story = await readStory(this.#kv, id, bytesOf(entry));
    return {
      ...this.#newStory(id, false),
      story,
      versionstamp,
      marked: story.waiting,
    };
  }

  #newStory(id: string, presumed: boolean): StoryRow {
    return {
      story: Story.empty(id),
      versionstamp: null,
      marked: false,
      underWay: false,
      presumed,
      round: this.#round,
    };
  }

  /** Keeps a story for this round; gives whether it is here. */
  #needStory(id: string): boolean {
    const row = this.#stories.get(id);
    if (row === undefined) return false;
    row.round = this.#round;
    return true;
  }
}

function mapOf<T>(
  maps: Map<string, Map<string, T>>,
  name: string,
): Map<string, T> {
  let map = maps.get(name);
  if (map === undefined) {
    map = new Map();
    maps.set(name, map);
  }
  return map;
}

function forget<T>(
  maps: Map<string, Map<string, T>>,
  first: string,
  second: string,
): void {
  const map = maps.get(first);
  map?.delete(second);
  if (map?.size === 0) maps.delete(first);
}

/** A story from its row, with the pages that stand beside it. */
export async function readStory(
  kv: Deno.Kv,
  id: string,
  row: Uint8Array,
): Promise<Story> {
  // Pages never change once sealed, so they need no check of their own: the
  // row that counts them does.
  const pages = await getAll(
    kv,
    Array.from(
      { length: Story.pageCount(row) },
      (_, page) => storyPageKey(id, page),
    ),
  );
  return Story.decode(id, row, pages.map(bytesOf));
}

/** Reads any number of keys. */
export async function getAll(
  kv: Deno.Kv,
  keys: readonly Deno.KvKey[],
): Promise<Deno.KvEntryMaybe<unknown>[]> {
  const reads: Promise<Deno.KvEntryMaybe<unknown>[]>[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_READ) {
    reads.push(kv.getMany(keys.slice(start, start + KEYS_PER_READ)));
  }
  return (await Promise.all(reads)).flat();
}

/** @throws {TypeError} The entry holds no bytes. */
export function bytesOf(entry: { readonly value: unknown }): Uint8Array {
  if (entry.value instanceof Uint8Array) return entry.value;
  throw new TypeError(
    `A row of the database must hold bytes, got ${typeof entry.value}`,
  );
}
