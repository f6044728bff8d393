import type { ApplyTarget } from "./apply.ts";
import { foldFlag } from "./fold.ts";
import { countersPrefix } from "./keys.ts";
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
    const { kv, limits, deltas } = this.#target;
    // Of so many flags each has few: the chore folds what it finds.
    if (deltas.size > MAX_FLAGS) deltas.clear();
    for (const [flag, count] of [...deltas]) {
      if (count < this.#after) continue;
      // Those that come meanwhile are of the next fold.
      deltas.delete(flag);
      try {
        await foldFlag(kv, flag, limits);
      } catch {
        // Another writer was faster. What is not folded counts all the same.
        deltas.set(flag, (deltas.get(flag) ?? 0) + count);
      }
    }
  }

  /**
   * Gathers the deltas that have piled up: of processes that ended before
   * their folds, and of flags with few records.
   */
  async foldAll(): Promise<void> {
    const { kv, limits } = this.#target;
    const deltas = new Map<string, number>();
    for await (const { key } of kv.list({ prefix: countersPrefix() })) {
      if (key[2] !== "delta") continue;
      const flag = String(key[1]);
      deltas.set(flag, (deltas.get(flag) ?? 0) + 1);
    }
    for (const [flag, count] of deltas) {
      let left = count;
      while (left > DELTAS_LEFT) {
        const folded = await whileLocked(() => foldFlag(kv, flag, limits));
        if (folded === 0) break;
        left -= folded;
      }
    }
  }
}
