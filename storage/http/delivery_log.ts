import type { Drop, DropReason } from "./drop.ts";
import type { Report } from "./report.ts";
import type { RetryOutcome, Verdict } from "./send_batch.ts";
import type { DeliveryStats } from "./stats.ts";

const REASONS: { readonly [reason in DropReason]: string } = {
  queue_full: "the queue is full",
  refused: "",
  shutdown: "the client was shut down",
  exit: "the process ended",
};

/** Counts what became of records, and reports what went wrong. */
export interface DeliveryLog {
  /** How many records are settled, one way or another. */
  settled(): number;
  /** The counts, beside those that wait. */
  stats(queued: number): DeliveryStats;
  /** The server answered for a batch. */
  taken(size: number, verdict: Verdict): void;
  /** The server will not take a batch: it is dropped. */
  refused(size: number, reason: string): void;
  /** A batch did not get through, and stays queued. */
  failed(size: number, outcome: RetryOutcome): void;
  /** Records are given up. Reported later: it may happen at every `save()`. */
  drop(count: number, reason: DropReason): void;
  /** Reports what was given up since the last time. */
  reportDrops(): void;
}

/**
 * Makes the log of a delivery.
 *
 * @param server Its address, for messages.
 * @param report Must not throw.
 * @param onDrop Must not throw.
 */
export function deliveryLog(
  server: string,
  report: (report: Report) => void,
  onDrop: (drop: Drop) => void,
): DeliveryLog {
  let sent = 0;
  let duplicates = 0;
  let rejected = 0;
  let dropped = 0;
  let retried = 0;
  let unreported = 0;
  /** The option that has to be mended, as it was reported. */
  let blocked = "";
  let lastReason: DropReason = "queue_full";

  function reportDrops(): void {
    const count = unreported;
    if (count === 0) return;
    unreported = 0;
    report({
      code: "records_dropped",
      message: `Dropped ${records(count)}: ${REASONS[lastReason]}`,
      count,
    });
    onDrop({ reason: lastReason, count });
  }

  return {
    reportDrops,
    settled: () => sent + duplicates + rejected + dropped,
    stats: (queued) => ({
      queued,
      sent,
      duplicates,
      rejected,
      dropped,
      retried,
    }),
    taken(size, verdict) {
      blocked = "";
      // Every record has one place in the counts, whatever the server says.
      const count = Math.min(verdict.rejected, size);
      const twice = Math.min(verdict.duplicates, size - count);
      rejected += count;
      duplicates += twice;
      sent += size - count - twice;
      if (count === 0) return;
      report({
        code: "records_rejected",
        message: `The server rejected ${count} of ${records(size)}; ` +
          `the first: ${verdict.reason}`,
        count,
      });
    },
    refused(count, reason) {
      blocked = "";
      dropped += count;
      report({
        code: "delivery_refused",
        message: `${server} refused ${records(count)}, now dropped: ${reason}`,
        count,
      });
      onDrop({ reason: "refused", count });
    },
    failed(count, { message, cause, mend = "" }) {
      retried += count;
      // Once says it all, until something else happens.
      if (mend !== "" && mend === blocked) return;
      blocked = mend;
      report({
        code: mend === "" ? "delivery_failed" : "delivery_blocked",
        message: `Cannot deliver ${records(count)} to ${server}, will try ` +
          `again: ${message}` + (mend && `. Mend the option ${mend}`),
        count,
        ...(cause !== undefined && { cause }),
      });
    },
    drop(count, reason) {
      if (count === 0) return;
      if (reason !== lastReason) reportDrops();
      lastReason = reason;
      dropped += count;
      unreported += count;
    },
  };
}

function records(count: number): string {
  return `${count} record${count === 1 ? "" : "s"}`;
}
