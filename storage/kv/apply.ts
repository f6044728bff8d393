import { FLAG_AT } from "./fields.ts";
import { Commit } from "./commit.ts";
import { countEntry } from "./count.ts";
import type { AssignmentEntry, Entry, Incoming } from "./entry.ts";
import { addSum } from "./flag_counters.ts";
import { keyBytes } from "./key_bytes.ts";
import { configKey, NO_FLAG, setupKey } from "./keys.ts";
import type { CommitLimits } from "./limits.ts";
import { MAX_ENTRY_BYTES } from "./story.ts";
import type { Verdict } from "./story.ts";
import { MAX_USER_BYTES } from "./user.ts";
import { Workspace } from "./workspace.ts";
import type { StoryRow, UserRow } from "./workspace.ts";

/** A record, and what became of it: null until that is durable. */
export interface Slot {
  readonly incoming: Incoming;
  verdict: Verdict | null;
}

/** Where records are applied to. */
export interface ApplyTarget {
  readonly kv: Deno.Kv;
  readonly limits: CommitLimits;
  /** Bodies of configs and settings that are in the database for certain. */
  readonly knownBodies: Set<string>;
  /** Deltas written by flag, that no fold of this process has gathered. */
  readonly deltas: Map<string, number>;
}

const LONGEST_NAME = 512;
const encoder = new TextEncoder();

/**
 * Brings records into the ledger and the counters, in as few commits as the
 * limits allow. A slot has its verdict as soon as the commit that carries its
 * record has succeeded; on an error the others have none, and can be applied
 * again.
 *
 * @param waiting Ids of assignments to go on counting, though no record comes.
 * @throws {ConflictError} Another writer changed one of the rows.
 * @throws {Error} What the database throws.
 */
export async function applyRecords(
  target: ApplyTarget,
  slots: readonly Slot[],
  waiting: readonly string[],
): Promise<void> {
  const groups = new Map<string, Slot[]>(waiting.map((id) => [id, []]));
  for (const slot of slots) {
    const group = groups.get(slot.incoming.assignmentId);
    if (group) group.push(slot);
    else groups.set(slot.incoming.assignmentId, [slot]);
  }
  const workspace = new Workspace(target.kv);
  await workspace.loadStories([...groups.keys()]);
  await workspace.loadUsers(usersOf(groups, workspace));
  const round = new Round(target, workspace);
  for (const [id, group] of groups) {
    const row = workspace.story(id);
    for (const slot of group) await round.add(row, slot);
    await round.count(row);
  }
  await round.flush();
}

/** The users of the assignments that are there or come. */
function* usersOf(
  groups: ReadonlyMap<string, readonly Slot[]>,
  workspace: Workspace,
): Generator<AssignmentEntry> {
  for (const [id, group] of groups) {
    const { assignment } = workspace.story(id).story;
    if (assignment !== null) yield assignment;
    for (const { incoming: { entry } } of group) {
      if (entry.kind === "assignment") yield entry;
    }
  }
}

/** One pass over the records: fills commits, and sends each when it is full. */
class Round {
  readonly #target: ApplyTarget;
  readonly #workspace: Workspace;
  #commit: Commit;
  /** Verdicts that hold once the commit in the making has succeeded. */
  #verdicts: [Slot, Verdict][] = [];

  constructor(target: ApplyTarget, workspace: Workspace) {
    this.#target = target;
    this.#workspace = workspace;
    this.#commit = new Commit(target.limits);
  }

  async add(row: StoryRow, slot: Slot): Promise<void> {
    const { incoming } = slot;
    const { entry, config = "", setup = "" } = incoming;
    const bytes = MAX_ENTRY_BYTES + (config.length + setup.length) * 3;
    if (!this.#commit.hasRoom(row, bytes)) await this.flush();
    const { story } = row;
    const assignment = entry.kind === "assignment" ? entry : story.assignment;
    const user = assignment === null ? null : this.#workspace.user(assignment);
    const refusal = assignment === null || user === null
      ? null
      : refusalOf(user, assignment, entry);
    const verdict = story.add(entry, refusal);
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
    this.#commit.list(entry.flag, story.id, incoming.receivedAt);
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
      if (!this.#commit.hasRoom(row, names * 3)) await this.flush();
      const user = this.#workspace.user(assignment);
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
    const commit = this.#commit;
    const { kv, limits, knownBodies, deltas } = this.#target;
    if (!commit.empty) await commit.write(kv);
    for (const name of commit.bodies) knownBodies.add(name);
    for (const flag of commit.flags) {
      deltas.set(flag, (deltas.get(flag) ?? 0) + 1);
    }
    for (const [slot, verdict] of this.#verdicts) slot.verdict = verdict;
    this.#commit = new Commit(limits);
    this.#verdicts = [];
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
    if (this.#target.knownBodies.has(name)) return;
    this.#commit.addBody(name, key, encoder.encode(body));
  }
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

/** The flag that a record without assignment says it is of. */
export function hintedFlag({ more }: Entry): string {
  const hint = more["flag_name"];
  return typeof hint === "string" && hint.length <= LONGEST_NAME &&
      keyBytes(hint) <= LONGEST_NAME
    ? hint
    : NO_FLAG;
}
