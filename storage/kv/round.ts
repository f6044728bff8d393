import type { Slot } from "./apply.ts";
import { Commit, ConflictError } from "./commit.ts";
import { countEntry } from "./count.ts";
import type { AssignmentEntry, Entry, Incoming } from "./entry.ts";
import { FLAG_AT } from "./fields.ts";
import { addSum } from "./flag_counters.ts";
import { hintedFlag } from "./hinted_flag.ts";
import { refusalByKey } from "./key_limit.ts";
import { configKey, setupKey } from "./keys.ts";
import type { Pipeline } from "./pipeline.ts";
import { MAX_ENTRY_BYTES } from "./story.ts";
import type { Story, Verdict } from "./story.ts";
import { MAX_USER_BYTES } from "./user.ts";
import type { StoryRow, UserRow } from "./workspace.ts";

const encoder = new TextEncoder();

/**
 * One pass over the records: fills commits, and sends each when it is full.
 * While commits are under way the next one is filled.
 */
export class Round {
  readonly #pipeline: Pipeline;
  #commit: Commit;
  /** Verdicts that hold once the commit in the making has succeeded. */
  #verdicts: [Slot, Verdict][] = [];

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
    this.#commit = new Commit(pipeline.target.limits);
  }

  async add(row: StoryRow, slot: Slot): Promise<void> {
    const { incoming } = slot;
    const { entry, config = "", setup = "" } = incoming;
    const bytes = MAX_ENTRY_BYTES + (config.length + setup.length) * 3;
    const { story } = row;
    const assignment = entry.kind === "assignment" ? entry : story.assignment;
    const user = assignment === null
      ? null
      : this.#pipeline.workspace.user(assignment);
    if (!this.#commit.hasRoom(row, user, bytes)) await this.flush();
    const refusal = assignment === null || user === null
      ? null
      : refusalOf(user, assignment, entry);
    if (refusal !== null && row.presumed) {
      throw new ConflictError("A record is to be refused unless it is known");
    }
    const verdict = refusalByKey(incoming, story.assignment) ??
      story.add(entry, refusal);
    this.#verdicts.push([slot, verdict]);
    if (verdict !== "accepted") return;
    this.#commit.touch(row);
    if (entry.kind !== "assignment") {
      if (story.assignment === null) this.#countWaiting(entry, 1);
      return;
    }
    for (const other of story.others) this.#countWaiting(other, -1);
    if (user !== null) {
      user.user.addAssignment(story.id);
      this.#commit.touchUser(user);
    }
    this.#commit.list(entry.flag, story.id, entry.at, incoming.receivedAt);
    this.#addBodies(entry, incoming);
  }

  /** Counts what can be counted of a story. */
  async count(row: StoryRow): Promise<void> {
    const { story } = row;
    for (let { next } = story; next !== null; next = story.next) {
      const { assignment } = story;
      if (assignment === null) return;
      const names = 2 * (assignment.variant.length + 8) +
        (next.kind === "event" ? next.name.length : 0);
      const user = this.#pipeline.workspace.user(assignment);
      if (isOlder(user, story, assignment)) {
        throw new ConflictError("A user's row is older than a story of it");
      }
      if (!this.#commit.hasRoom(row, user, names * 3)) await this.flush();
      const counters = this.#commit.counters(assignment.flag);
      const { state } = story;
      countEntry({ counters, user: user.user, assignment, state }, next);
      this.#commit.grow(names * 3);
      story.counted++;
      this.#commit.touch(row);
      this.#commit.touchUser(user);
    }
  }

  /** Sends the commit in the making, and begins another. */
  async flush(): Promise<void> {
    const [commit, verdicts] = [this.#commit, this.#verdicts];
    this.#commit = new Commit(this.#pipeline.target.limits);
    this.#verdicts = [];
    await this.#pipeline.send(commit, verdicts);
  }

  /** Keeps count of the records that wait for their assignment. */
  #countWaiting(entry: Entry, amount: 1 | -1): void {
    const fields = this.#commit.counters(hintedFlag(entry))
      .fields("flag", "", "");
    addSum(fields, FLAG_AT.waiting, amount);
  }

  #addBodies(
    { flag, variant, configHash, setupHash }: AssignmentEntry,
    { config, setup }: Incoming,
  ): void {
    if (config !== undefined) {
      const key = configKey(flag, variant, configHash);
      this.#addBody(JSON.stringify(key), key, config);
    }
    if (setup !== undefined && setupHash !== null) {
      const key = setupKey(flag, setupHash);
      this.#addBody(JSON.stringify(key), key, setup);
    }
  }

  #addBody(name: string, key: Deno.KvKey, body: string): void {
    if (this.#pipeline.target.knownBodies.has(name)) return;
    this.#commit.addBody(name, key, encoder.encode(body));
  }
}

/**
 * Whether a user's row was read before another writer counted an assignment
 * that the story, read later, has as counted: then nothing can be added to it.
 */
function isOlder(
  { user }: UserRow,
  { counted }: Story,
  { variant, overridden }: AssignmentEntry,
): boolean {
  return counted > 0 && !overridden && !user.variants.has(variant);
}

/** Why a user can take no new record of this kind; null when it can. */
function refusalOf(
  { user }: UserRow,
  assignment: AssignmentEntry,
  entry: Entry,
): Verdict | null {
  if (!user.full || assignment.overridden) return null;
  const got = `got one with more`;
  if (entry.kind === "assignment") {
    return {
      field: "user_id",
      message:
        `must be that of a user with at most ${MAX_USER_BYTES} bytes of variants and event names, ${got}`,
    };
  }
  if (entry.kind !== "event" || entry.type !== "custom") return null;
  return user.hasEvent(assignment.variant, entry.name) ? null : {
    field: "event_name",
    message:
      `must be known for a user with at most ${MAX_USER_BYTES} bytes of variants and event names, ${got}`,
  };
}
