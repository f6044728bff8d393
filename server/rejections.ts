import type { RejectionCounts } from "../engine/rejection_count.ts";
import type { Rejection } from "../engine/records.ts";
import {
  addRejected,
  OTHER_REASONS,
  readRejected,
} from "../storage/kv/rejected.ts";

/** Fields are few; what comes beyond these is one reason. */
const MOST_FIELDS = 50;

/**
 * Records that were refused, by the field at fault: by every process on the
 * database. What this one refuses waits here until {@linkcode flush}; a process
 * that is killed takes it along. Neither messages nor flags are kept: they hold
 * what not every reader may see.
 */
export class Rejections {
  readonly #kv: Deno.Kv;
  readonly #now: () => number;
  #waiting: Map<string, number> = new Map();

  /** @param now Epoch milliseconds. */
  constructor(kv: Deno.Kv, now: () => number) {
    this.#kv = kv;
    this.#now = now;
  }

  add(rejected: readonly Rejection[]): void {
    for (const { field } of rejected) this.#wait(field.slice(0, 100), 1);
  }

  #wait(field: string, count: number): void {
    const known = this.#waiting.has(field) ||
      this.#waiting.size < MOST_FIELDS;
    addTo(this.#waiting, known ? field : OTHER_REASONS, count);
  }

  /** Writes what waits. What could not be written waits on. */
  async flush(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const records = this.#waiting;
    this.#waiting = new Map();
    try {
      await addRejected(this.#kv, records, this.#now());
    } catch (error) {
      for (const [field, count] of records) this.#wait(field, count);
      throw error;
    }
  }

  async read(): Promise<RejectionCounts> {
    const { since, records } = await readRejected(this.#kv);
    const counts = new Map(records);
    for (const [field, count] of this.#waiting) addTo(counts, field, count);
    const reasons = [...counts]
      .map(([field, records]) => ({ field, records }))
      .sort((a, b) => b.records - a.records || (a.field < b.field ? -1 : 1));
    return { since: since ?? (counts.size > 0 ? this.#now() : null), reasons };
  }
}

function addTo(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
