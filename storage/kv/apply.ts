import { Commit } from "./commit.ts";
import { countEntry } from "./count.ts";
import type { Incoming } from "./entry.ts";
import { keyBytes } from "./key_bytes.ts";
import type { CommitLimits } from "./limits.ts";
import { MAX_ENTRY_BYTES } from "./story.ts";
import type { Verdict } from "./story.ts";
import { Workspace } from "./workspace.ts";
import type { StoryRow, UserOfVariant } from "./workspace.ts";

/** A record, and what became of it: null until that is durable. */
export interface Slot {
  readonly incoming: Incoming;
  verdict: Verdict | null;
}

/** Where records are applied to. */
export interface ApplyTarget {
  readonly kv: Deno.Kv;
  readonly limits: CommitLimits;
  /** Configs whose bodies are in the database for certain. */
  readonly knownConfigs: Set<string>;
}

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
  await workspace.loadUsers(usersToCount(groups, workspace));
  const round = new Round(target, workspace);
  for (const [id, group] of groups) {
    const row = workspace.story(id);
    for (const slot of group) await round.add(row, slot);
    await round.count(row);
  }
  await round.flush();
}

/** The users of the assignments that may be counted in this round. */
function usersToCount(
  groups: ReadonlyMap<string, readonly Slot[]>,
  workspace: Workspace,
): UserOfVariant[] {
  const users: UserOfVariant[] = [];
  for (const [id, group] of groups) {
    const { story } = workspace.story(id);
    if (story.counted > 0) continue;
    if (story.assignment !== null) users.push(story.assignment);
    for (const { incoming: { entry } } of group) {
      if (entry.kind === "assignment") users.push(entry);
    }
  }
  return users;
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
    const { entry, config } = slot.incoming;
    const bytes = MAX_ENTRY_BYTES + (config?.length ?? 0) * 3;
    if (!this.#commit.hasRoom(row, bytes, 0)) await this.flush();
    const verdict = row.story.add(entry);
    this.#verdicts.push([slot, verdict]);
    if (verdict !== "accepted") return;
    this.#commit.touch(row);
    if (entry.kind !== "assignment" || config === undefined) return;
    const { flag, variant, configHash: hash } = entry;
    const id = JSON.stringify([flag, variant, hash]);
    if (this.#target.knownConfigs.has(id)) return;
    this.#commit.addConfig(id, { flag, variant, hash, body: config });
  }

  /** Counts what can be counted of a story. */
  async count(row: StoryRow): Promise<void> {
    const { story } = row;
    for (let { next } = story; next !== null; next = story.next) {
      const { assignment } = story;
      if (assignment === null) return;
      const key = keyBytes(assignment.flag) + keyBytes(assignment.variant) +
        (next.kind === "event" ? keyBytes(next.name) : 0) + 64;
      if (!this.#commit.hasRoom(row, 0, key)) await this.flush();
      const newUser = story.counted === 0 && this.#isNew(assignment);
      countEntry(this.#commit.tally, assignment, next, story.state, newUser);
      story.counted++;
      this.#commit.touch(row);
    }
  }

  /** Sends the commit in the making, and begins another. */
  async flush(): Promise<void> {
    const commit = this.#commit;
    if (!commit.empty) await commit.write(this.#target.kv);
    for (const id of commit.configs) this.#target.knownConfigs.add(id);
    for (const [slot, verdict] of this.#verdicts) slot.verdict = verdict;
    this.#commit = new Commit(this.#target.limits);
    this.#verdicts = [];
  }

  #isNew(user: UserOfVariant): boolean {
    const row = this.#workspace.user(user);
    if (row.known) return false;
    this.#commit.addUser(row);
    return true;
  }
}
