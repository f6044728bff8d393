import type { Drop, DropReason } from "./drop.ts";
import type { Report } from "./report.ts";
import type { Verdict } from "./send_batch.ts";
import type { DeliveryStats } from "./stats.ts";

const REASONS: { readonly [reason in DropReason]: string } = {
  queue_full: "the queue is full",
  refused: "the server refused them",
  shutdown: "the client was shut down",
  exit: "the process ended",
};

/** Counts what became of records, and reports what went wrong. */
export class DeliveryLog {
  readonly #server: string;
  readonly #report: (report: Report) => void;
  readonly #onDrop: (drop: Drop) => void;
  #sent = 0;
  #duplicates = 0;
  #rejected = 0;
  #dropped = 0;
  #retried = 0;
  #unreported = 0;
  #reason: DropReason = "queue_full";

  /**
   * @param server Its address, for messages.
   * @param report Must not throw.
   * @param onDrop Must not throw.
   */
  constructor(
    server: string,
    report: (report: Report) => void,
    onDrop: (drop: Drop) => void,
  ) {
    this.#server = server;
    this.#report = report;
    this.#onDrop = onDrop;
  }

  /** How many records are settled, one way or another. */
  get settled(): number {
    return this.#sent + this.#duplicates + this.#rejected + this.#dropped;
  }

  stats(queued: number): DeliveryStats {
    return {
      queued,
      sent: this.#sent,
      duplicates: this.#duplicates,
      rejected: this.#rejected,
      dropped: this.#dropped,
      retried: this.#retried,
    };
  }

  /** The server answered for a batch. */
  taken(size: number, { duplicates, rejected, reason }: Verdict): void {
    // Every record has one place in the counts, whatever the server says.
    const bad = Math.min(rejected, size);
    const twice = Math.min(duplicates, size - bad);
    this.#rejected += bad;
    this.#duplicates += twice;
    this.#sent += size - bad - twice;
    if (bad === 0) return;
    this.#report({
      code: "records_rejected",
      message: `The server rejected ${bad} of ${size} records; ` +
        `the first: ${reason}`,
      count: bad,
    });
  }

  /** The server will not take a batch: it is dropped. */
  refused(size: number, reason: string): void {
    this.#dropped += size;
    this.#report({
      code: "delivery_refused",
      message: `${this.#server} refused ${size} records, which are dropped: ` +
        reason,
      count: size,
    });
    this.#onDrop({ reason: "refused", count: size });
  }

  /** A batch did not get through, and stays queued. */
  failed(size: number, reason: string, cause: unknown): void {
    this.#retried += size;
    this.#report({
      code: "delivery_failed",
      message: `Cannot deliver ${size} records to ${this.#server}, will try ` +
        `again: ${reason}`,
      count: size,
      ...(cause !== undefined && { cause }),
    });
  }

  /** Records are given up. Reported later: it may happen at every `save()`. */
  drop(count: number, reason: DropReason): void {
    if (count === 0) return;
    if (reason !== this.#reason) this.reportDrops();
    this.#reason = reason;
    this.#dropped += count;
    this.#unreported += count;
  }

  /** Reports what was given up since the last time. */
  reportDrops(): void {
    const count = this.#unreported;
    if (count === 0) return;
    this.#unreported = 0;
    this.#report({
      code: "records_dropped",
      message: `Dropped ${count} records: ${REASONS[this.#reason]}`,
      count,
    });
    this.#onDrop({ reason: this.#reason, count });
  }
}
