import type { QueuedRecord } from "./record_buffer.ts";
import type { DeliveryStats } from "./stats.ts";

/** Where a client's records go. */
export interface RecordStorage {
  /** Takes a record; returns at once and never throws. */
  save(record: QueuedRecord): void;
  /** Resolves when what was saved before is settled, or given up for now. */
  flush(timeoutMs?: number): Promise<void>;
  /** Sends while there is time, then drops what is left and takes no more. */
  shutdown(timeoutMs?: number): Promise<void>;
  /** Where the records stand. */
  stats(): DeliveryStats;
}
