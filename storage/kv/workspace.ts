import { storyKey, storyPageKey, userKey } from "./keys.ts";
import { Story } from "./story.ts";

/** Deno KV reads at most this many keys at once. */
const KEYS_PER_READ = 10;

/** A story with the state of its row in the database. */
export interface StoryRow {
  readonly story: Story;
  /** Of the row as it was read or written last; null when there is none. */
  versionstamp: string | null;
  /** Whether the database marks the story as waiting to be counted. */
  marked: boolean;
}

/**
 * A user's row under one variant. It says that the user has been counted, and
 * once it exists it never changes.
 */
export interface UserRow {
  readonly key: Deno.KvKey;
  /** Whether the row exists, or will with the commit in the making. */
  known: boolean;
}

/** Whose row to read. */
export interface UserOfVariant {
  readonly flag: string;
  readonly variant: string;
  readonly user: string;
}

/** Rows as they were read, and as the commits that follow change them. */
export class Workspace {
  readonly #kv: Deno.Kv;
  readonly #stories: Map<string, StoryRow> = new Map();
  readonly #users: Map<string, UserRow> = new Map();

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Reads the stories of assignments. */
  async loadStories(ids: readonly string[]): Promise<void> {
    const entries = await getAll(this.#kv, ids.map(storyKey));
    await Promise.all(entries.map(async (entry, index) => {
      const id = ids[index];
      if (id === undefined) return;
      this.#stories.set(id, await this.#readStory(id, entry));
    }));
  }

  /** Reads the rows of users. */
  async loadUsers(users: readonly UserOfVariant[]): Promise<void> {
    const wanted = new Map(users.map((user) => [nameOf(user), user]));
    const keys = [...wanted.values()].map(({ flag, variant, user }) =>
      userKey(flag, variant, user)
    );
    const entries = await getAll(this.#kv, keys);
    for (const [index, name] of [...wanted.keys()].entries()) {
      const [key, entry] = [keys[index], entries[index]];
      if (key === undefined || entry === undefined) continue;
      const known = entry.versionstamp !== null;
      this.#users.set(name, { key, known });
    }
  }

  /** @throws {Error} The story was not loaded. */
  story(id: string): StoryRow {
    const row = this.#stories.get(id);
    if (row === undefined) throw new Error(`Story ${id} is not loaded`);
    return row;
  }

  /** @throws {Error} The row was not loaded. */
  user(user: UserOfVariant): UserRow {
    const row = this.#users.get(nameOf(user));
    if (row === undefined) throw new Error(`${user.user} is not loaded`);
    return row;
  }

  async #readStory(
    id: string,
    entry: Deno.KvEntryMaybe<unknown>,
  ): Promise<StoryRow> {
    if (entry.versionstamp === null) {
      return { story: Story.empty(id), versionstamp: null, marked: false };
    }
    const row = bytesOf(entry);
    // Pages never change once sealed, so they need no check of their own: the
    // row that counts them does.
    const pages = await getAll(
      this.#kv,
      Array.from(
        { length: Story.pageCount(row) },
        (_, page) => storyPageKey(id, page),
      ),
    );
    const story = Story.decode(id, row, pages.map(bytesOf));
    return { story, versionstamp: entry.versionstamp, marked: story.waiting };
  }
}

function nameOf({ flag, variant, user }: UserOfVariant): string {
  return JSON.stringify([flag, variant, user]);
}

async function getAll(
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
export function bytesOf(
  entry: Deno.KvEntryMaybe<unknown>,
): Uint8Array<ArrayBuffer> {
  if (entry.value instanceof Uint8Array) return new Uint8Array(entry.value);
  throw new TypeError(
    `A row of the ledger must hold bytes, got ${typeof entry.value}`,
  );
}
