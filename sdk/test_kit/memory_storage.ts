import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
  RecordKind,
} from "../../engine/records.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import type { QueuedRecord } from "../../storage/http/record_buffer.ts";
import type { RecordStorage } from "../../storage/http/record_storage.ts";
import type { DeliveryStats } from "../../storage/http/stats.ts";

/**
 * Keeps the records of a client in memory, to be looked at by a test: what
 * would have been sent, as it would have been.
 *
 * @example
 * ```ts
 * import { Modelab } from "../modelab.ts";
 * import { MemoryStorage } from "./memory_storage.ts";
 * import assert from "node:assert/strict";
 *
 * const storage = new MemoryStorage();
 * const modelab = new Modelab({
 *   server: null,
 *   storage,
 *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
 * });
 * modelab.assign("tone", { userId: "user_123" })?.markSuccess();
 * assert.equal(storage.assignments[0]?.user_id, "user_123");
 * assert.equal(storage.events[0]?.event_type, "success");
 * ```
 */
export class MemoryStorage implements RecordStorage {
  #records: QueuedRecord[] = [];

  /** The decisions, in the order in which they were made. */
  get assignments(): readonly AssignmentRecord[] {
    return this.#read("assignments", "assigned_at");
  }

  /** The LLM calls, in the order in which they ended. */
  get executions(): readonly ExecutionRecord[] {
    return this.#read("executions", "recorded_at");
  }

  /** The outcomes and custom events, in the order in which they happened. */
  get events(): readonly EventRecord[] {
    return this.#read("events", "created_at");
  }

  /** Forgets all records. */
  clear(): void {
    this.#records = [];
  }

  /**
   * Takes a record; called by the client.
   *
   * @param record What would be sent.
   */
  save(record: QueuedRecord): void {
    this.#records.push(record);
  }

  /** Does nothing: nothing waits. */
  flush(): Promise<void> {
    return Promise.resolve();
  }

  /** Does nothing: records can still be looked at. */
  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  /** As if every record had been sent. */
  stats(): DeliveryStats {
    return {
      queued: 0,
      sent: this.#records.length,
      duplicates: 0,
      rejected: 0,
      dropped: 0,
      retried: 0,
    };
  }

  #read<Record>(kind: RecordKind, timeField: string): Record[] {
    return this.#records.filter((record) => record.kind === kind)
      .map(({ json, micros }) => ({
        ...JSON.parse(json),
        [timeField]: formatTimestamp(micros),
      }));
  }
}
