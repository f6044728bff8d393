import type { Report } from "./report.ts";

/** A record that waits to be sent. */
export interface QueuedRecord {
  /** The list of a batch in which it goes. */
  readonly kind: "assignments" | "executions" | "events";
  /** The record as JSON, without its time: `{"assignment_id":"…",…}`. */
  readonly json: string;
  /** About how long the JSON is, where it is made only when it is asked for. */
  readonly chars?: number;
  /** When it was made, in microseconds since 1970-01-01 UTC. */
  readonly micros: number;
}

/** Where records wait: in memory, or in a spool. No method throws. */
export interface RecordBuffer {
  /** How many records wait to be taken. */
  readonly size: number;
  /** The same, with those that were taken and are not settled yet. */
  readonly pending: number;
  /** How long the JSON is of those in memory, in UTF-16 code units. */
  readonly chars: number;
  /** How many records a spool keeps for the next start. */
  readonly kept: number;
  /**
   * Adds the latest record.
   *
   * @returns How many of the oldest were dropped to make room.
   */
  push(record: QueuedRecord): number;
  /** Brings records from the disk into memory, when there is room. */
  load?(): Promise<void>;
  /** Takes the oldest records in memory: at least one, if there is any. */
  take(maxRecords: number, maxBytes: number): QueuedRecord[];
  /**
   * Puts records that were taken back where they were.
   *
   * @returns How many of the oldest were dropped to make room.
   */
  putBack(records: readonly QueuedRecord[]): number;
  /** Records that were taken have met their end. */
  settle(records: readonly QueuedRecord[]): void;
  /**
   * Lets go of what waits, until the next `push()`.
   *
   * @returns How many records are lost by that.
   */
  release(): number;
}

/** What a spool is told by its client. */
export interface SpoolHost {
  /** How many records may be in memory. */
  readonly maxRecords: number;
  /** How long their JSON may be in all, in UTF-16 code units. */
  readonly maxChars: number;
  /** Takes what goes wrong; does not throw. */
  report(report: Report): void;
  /** Records of an earlier process were found. */
  onFound(): void;
}

/** Keeps records where they survive the process: see `@modelab/sdk/spool`. */
export interface Spool {
  /** Called once, by the client that is given the spool. */
  open(host: SpoolHost): RecordBuffer;
}
