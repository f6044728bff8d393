import type { ApplyTarget } from "./apply.ts";
import { foldFlag, MIN_CELLS } from "./fold.ts";
import { markFlags, readFlagRows } from "./mark_flags.ts";
import { whileLocked } from "./while_locked.ts";

/** Deltas of one flag, of any process, that the chore leaves alone. */
const DELTAS_LEFT = 4;
const MAX_FLAGS = 10_000;

/** Sees to it that the deltas of flags do not pile up. */
export class DeltaFolder {
  readonly #target: ApplyTarget;
  readonly #after: number;
  #folding: Promise<void> | null = null;

  /** @param after Deltas of one flag after which this process folds them. */
  constructor(target: ApplyTarget, after: number) {
    this.#target = target;
    this.#after = after;
  }

  /**
   * Folds the flags that this process has written many deltas of, beside what
   * is being written.
   */
  start(): void {
    this.#folding ??= this.#fold().finally(() => this.#folding = null);
  }

  /** Waits for what was started. */
  async settled(): Promise<void> {
    await this.#folding;
  }

  async #fold(): Promise<void> {
    const { deltas } = this.#target;
    // Of so many flags each has few: the chore folds what it finds.
    if (deltas.size > MAX_FLAGS) deltas.clear();
    for (const [flag, count] of [...deltas]) {
      if (count < this.#after) continue;
      // Those that come meanwhile are of the next fold.
      deltas.delete(flag);
      try {
        await this.#foldFlag(flag);
      } catch {
        // Another writer was faster. What is not folded counts all the same.
        deltas.set(flag, (deltas.get(flag) ?? 0) + count);
      }
    }
  }

  #foldFlag(flag: string): Promise<number> {
    const { kv, limits, onFold } = this.#target;
    return foldFlag(kv, flag, limits, MIN_CELLS, onFold);
  }

  /**
   * Gathers the deltas that have piled up: of processes that ended before
   * their folds, and of flags with few records. Writes the rows of flags that
   * have none, too.
   */
  async foldAll(): Promise<void> {
    const { kv } = this.#target;
    const flags = await readFlagRows(kv);
    await whileLocked(() => markFlags(kv, flags));
    for (const { flag, deltas } of flags) {
      let left = deltas;
      while (left > DELTAS_LEFT) {
        const folded = await whileLocked(() => this.#foldFlag(flag));
        if (folded === 0) break;
        left -= folded;
      }
    }
  }
}
