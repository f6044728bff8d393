/**
 * Why records were given up:
 *
 * | reason | meaning |
 * | --- | --- |
 * | `queue_full` | more records waited than the queue, or the spool, may hold |
 * | `refused` | the server will not take the request, however often it is sent |
 * | `shutdown` | `shutdown()` ran out of time or attempts, or was called before |
 * | `exit` | the process ended before they could be sent |
 */
export type DropReason = "queue_full" | "refused" | "shutdown" | "exit";

/** Records that were given up. */
export interface Drop {
  /** Why. */
  readonly reason: DropReason;
  /** How many. */
  readonly count: number;
}

/** Takes what was dropped; whatever it throws is ignored. */
export type DropHandler = (drop: Drop) => unknown;
