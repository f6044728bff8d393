/**
 * Where the records stand: each one is in exactly one of queued, sent,
 * duplicates, rejected and dropped.
 */
export interface DeliveryStats {
  /** Waiting, on their way, or kept in a spool for the next start. */
  readonly queued: number;
  /** New to the server, and durable. */
  readonly sent: number;
  /** Durable already, from a request whose answer was lost. */
  readonly duplicates: number;
  /** Found invalid by the server. */
  readonly rejected: number;
  /** Given up: queue full, request refused for good, or the process ended. */
  readonly dropped: number;
  /** How often a record had to be queued again after a request that failed. */
  readonly retried: number;
}
