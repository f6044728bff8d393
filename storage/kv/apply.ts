import type { AssignmentEntry, Incoming } from "./entry.ts";
import type { Fold } from "./fold.ts";
import type { CommitLimits } from "./limits.ts";
import type { Pipeline } from "./pipeline.ts";
import { Round } from "./round.ts";
import type { Story, Verdict } from "./story.ts";

/** A record, and what became of it: null until that is durable. */
export interface Slot {
  readonly incoming: Incoming;
  verdict: Verdict | null;
}

/** Where records are applied to. */
export interface ApplyTarget {
  readonly kv: Deno.Kv;
  /** Sees what `kv` has acknowledged; reads do not wait for its commits. */
  readonly reads: Deno.Kv;
  readonly limits: CommitLimits;
  /** Bodies of configs and settings that are in the database for certain. */
  readonly knownBodies: Set<string>;
  /** Deltas written by flag, that no fold of this process has gathered. */
  readonly deltas: Map<string, number>;
  /** Hears of the folds of this process. */
  readonly onFold?: ((fold: Fold) => void) | undefined;
  /** Waits before a commit is sent again. */
  readonly pause: () => Promise<void>;
}

/**
 * Brings records into the ledger and the counters, in as few commits as the
 * limits allow; resolves when the last of them has been sent. A slot has its
 * verdict as soon as the commit that carries its record has succeeded; where
 * one fails the others have none, and can be applied again.
 *
 * @param waiting Ids of assignments to go on counting, though no record comes.
 * @param presume Whether assignments that come are taken to be new. When one is
 * not, that is a conflict.
 * @throws {ConflictError} Another writer changed one of the rows.
 * @throws {Error} What the database throws.
 */
export async function applyRecords(
  pipeline: Pipeline,
  slots: readonly Slot[],
  waiting: readonly string[],
  presume = false,
): Promise<void> {
  const groups = new Map<string, Slot[]>(waiting.map((id) => [id, []]));
  for (const slot of slots) {
    const group = groups.get(slot.incoming.assignmentId);
    if (group) group.push(slot);
    else groups.set(slot.incoming.assignmentId, [slot]);
  }
  const { workspace } = pipeline;
  const unknown: string[] = [];
  for (const [id, group] of groups) {
    if (presume && group.some(isAssignment)) workspace.presumeStory(id);
    else unknown.push(id);
  }
  await workspace.loadStories(unknown);
  const stories = [...groups].map(([id, group]) => ({
    row: workspace.story(id),
    group,
    assignments: [...assignmentsOf(workspace.story(id).story, group)],
  }));
  await workspace.loadUsers(
    stories.flatMap(({ assignments }) => assignments),
  );
  // A commit writes once for each flag and each user in it: so what is of one
  // flag, and of one user, goes together.
  stories.sort(({ assignments: [a] }, { assignments: [b] }) =>
    compare(a?.flag, b?.flag) || compare(a?.user, b?.user)
  );
  const round = new Round(pipeline);
  for (const { row, group } of stories) {
    for (const slot of group) await round.add(row, slot);
    await round.count(row);
  }
  await round.flush();
}

/** The assignment that is there, and those that come. */
function* assignmentsOf(
  { assignment }: Story,
  group: readonly Slot[],
): Generator<AssignmentEntry> {
  if (assignment !== null) yield assignment;
  for (const { incoming: { entry } } of group) {
    if (entry.kind === "assignment") yield entry;
  }
}

function isAssignment({ incoming }: Slot): boolean {
  return incoming.entry.kind === "assignment";
}

function compare(a = "", b = ""): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
