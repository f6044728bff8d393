import type { Drop } from "./drop.ts";
import type { Spool } from "./record_buffer.ts";
import type { Report } from "./report.ts";

/** When records are sent, and how many may wait. Times in milliseconds. */
export interface DeliveryOptions {
  /** So many waiting records are sent at once. */
  readonly batchSize: number;
  /** So many bytes of waiting records are sent at once: the most in a request. */
  readonly batchBytes: number;
  /** Fewer are sent after so long. */
  readonly intervalMs: number;
  /** When so many wait, the oldest are dropped. */
  readonly maxQueue: number;
  /** How long flush and shutdown may take. */
  readonly flushTimeoutMs: number;
  /** The longest wait after the first request that fails. */
  readonly backoffMs: number;
  /** Where records wait; in memory when there is none. */
  readonly spool?: Spool | undefined;
  /** Keeps a serverless function alive until a promise is settled. */
  readonly waitUntil?: ((delivery: Promise<void>) => unknown) | undefined;
}

/** Whom to tell what becomes of records; neither may throw. */
export interface DeliveryHandlers {
  report(report: Report): void;
  onDrop(drop: Drop): void;
}
