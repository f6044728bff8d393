import type { Rejection } from "../engine/records.ts";
import type { RejectionCounts } from "../engine/rejection_count.ts";

/** Fields are few; what comes beyond these is one reason. */
const MOST_FIELDS = 50;
const OTHER = "(others)";

/**
 * Records that this process refused, by the field at fault. Neither messages
 * nor flags are kept: they hold what not every reader may see.
 */
export class Rejections {
  readonly #since: number;
  readonly #counts: Map<string, number> = new Map();

  /** @param now Epoch milliseconds. */
  constructor(now: number) {
    this.#since = now;
  }

  add(rejected: readonly Rejection[]): void {
    for (const { field } of rejected) {
      const known = this.#counts.has(field) ||
        this.#counts.size < MOST_FIELDS;
      const reason = known ? field.slice(0, 100) : OTHER;
      this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    }
  }

  read(): RejectionCounts {
    const reasons = [...this.#counts]
      .map(([field, records]) => ({ field, records }))
      .sort((a, b) => b.records - a.records || (a.field < b.field ? -1 : 1));
    return { since: this.#since, reasons };
  }
}
