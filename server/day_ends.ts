import type { AssignmentRecord } from "../engine/records.ts";
import { logError } from "./log.ts";

const DAY = 86_400_000;
/** Flags that are looked after; of more, the minute's chore takes care alone. */
const MOST_FLAGS = 10_000;
/** Days that end with one batch. */
const MOST_AT_ONCE = 20;

/**
 * Keeps how a flag stood at the end of each day: just before the first
 * assignment of a later day is taken. So the effect of each day is there when
 * records of past days come in their order, too.
 */
export class DayEnds {
  /** By flag, the latest day (UTC) of its assignments. */
  readonly #days: Map<string, number> = new Map();
  readonly #keep: (flag: string) => Promise<unknown>;
  readonly #now: () => number;

  /**
   * @param keep Keeps how a flag stands now.
   * @param now Epoch milliseconds: a time to come is that of a wrong clock.
   */
  constructor(keep: (flag: string) => Promise<unknown>, now: () => number) {
    this.#keep = keep;
    this.#now = now;
  }

  /** To be awaited before a batch is taken. Fails never. */
  async before(assignments: readonly AssignmentRecord[]): Promise<void> {
    const ended = new Set<string>();
    const today = Math.floor(this.#now() / DAY);
    for (const { flag_name, assigned_at } of assignments) {
      const day = Math.min(Math.floor(Date.parse(assigned_at) / DAY), today);
      const known = this.#days.get(flag_name);
      if (known !== undefined && !(day > known)) continue;
      if (known !== undefined) ended.add(flag_name);
      else if (this.#days.size >= MOST_FLAGS) continue;
      this.#days.set(flag_name, day);
    }
    for (const flag of [...ended].slice(0, MOST_AT_ONCE)) {
      try {
        await this.#keep(flag);
      } catch (error) {
        logError("The end of a day was not kept", error);
      }
    }
  }
}
