import type { ApplyTarget, Slot } from "./apply.ts";
import type { Commit } from "./commit.ts";
import type { Verdict } from "./story.ts";
import { nextTurn } from "./turn.ts";
import { Workspace } from "./workspace.ts";

/**
 * Rounds that follow each other without a pause: while the commits of one are
 * under way, the next is prepared on the rows as those commits will leave
 * them. Commits that share a row follow each other.
 *
 * Once something has failed nothing more is sent, since what is in memory then
 * may rest on what was never written: a pipeline that has failed is given up,
 * with all of its rows.
 */
export class Pipeline {
  readonly target: ApplyTarget;
  readonly workspace: Workspace;
  readonly #underWay: Set<Promise<void>> = new Set();
  #failure: { readonly error: unknown } | null = null;

  constructor(target: ApplyTarget) {
    this.target = target;
    this.workspace = new Workspace(target.reads);
  }

  /** What went wrong first; null when nothing has. */
  get failure(): { readonly error: unknown } | null {
    return this.#failure;
  }

  /** Whether no commit is under way. */
  get idle(): boolean {
    return this.#underWay.size === 0;
  }

  /** Whether one more commit can be sent. */
  get hasRoom(): boolean {
    return this.#underWay.size < this.target.limits.underWay;
  }

  /** Lets nothing more be sent. */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  /**
   * Sends a commit, as soon as there is room for it and the versions of its
   * rows are known.
   *
   * @param verdicts What holds once the commit has succeeded.
   * @throws {Error} What failed before it could be sent.
   */
  async send(
    commit: Commit,
    verdicts: readonly [Slot, Verdict][],
  ): Promise<void> {
    await nextTurn();
    while (this.#failure === null && (commit.isBlocked || !this.hasRoom)) {
      await this.oneSettled();
    }
    this.#throwFailure();
    const earlier = [...this.#underWay];
    const sent = this.#write(commit, verdicts, earlier)
      .catch((error) => this.fail(error))
      .then(() => {
        this.#underWay.delete(sent);
      });
    this.#underWay.add(sent);
  }

  /** Waits until one of the commits under way is settled. */
  async oneSettled(): Promise<void> {
    await Promise.race(this.#underWay);
  }

  /**
   * Waits until all that was sent so far is settled.
   *
   * @returns Whether nothing has failed.
   */
  async settled(): Promise<boolean> {
    await Promise.all(this.#underWay);
    return this.#failure === null;
  }

  /** @throws {Error} What went wrong first. */
  async settle(): Promise<void> {
    await this.settled();
    this.#throwFailure();
  }

  async #write(
    commit: Commit,
    verdicts: readonly [Slot, Verdict][],
    earlier: readonly Promise<void>[],
  ): Promise<void> {
    const { kv, knownBodies, deltas, pause } = this.target;
    if (!commit.empty) await commit.write(kv, pause);
    for (const name of commit.bodies) knownBodies.add(name);
    for (const flag of commit.flags) {
      deltas.set(flag, (deltas.get(flag) ?? 0) + 1);
    }
    for (const [slot, verdict] of verdicts) {
      if (verdict === "accepted") slot.verdict = verdict;
    }
    // What else is said of a record rests on what an earlier commit wrote.
    await Promise.all(earlier);
    if (this.#failure !== null) return;
    for (const [slot, verdict] of verdicts) slot.verdict = verdict;
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
