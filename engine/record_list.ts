/**
 * What the ledger hands out: a flag's assignments, newest first, and the whole
 * story of one.
 *
 * @module
 */

import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
} from "./records.ts";

/** How an assignment ended: its latest success or failure, if there is one. */
export type Outcome = "success" | "failure" | "none";

/** Which of a flag's assignments to list. Conditions are combined by and. */
export interface RecordQuery {
  /** Where the page before ended: its `cursor`. @default the newest */
  readonly cursor?: string | null;
  /** Assignments of one page, from 1 to 200. @default 50 */
  readonly limit?: number;
  /** Only those under this variant. */
  readonly variant?: string;
  /** Only those that ended so. */
  readonly outcome?: Outcome;
  /** Only those with (true) or without (false) an execution that failed. */
  readonly error?: boolean;
  /** Only those of this user. */
  readonly user?: string;
  /** Only the one with this id. */
  readonly assignmentId?: string;
}

/** One assignment of a list. */
export interface AssignmentSummary {
  readonly assignment_id: string;
  readonly variant_name: string;
  readonly user_id: string;
  readonly session_id: string;
  /** ISO 8601 in UTC. */
  readonly assigned_at: string;
  /** ISO 8601 in UTC: the latest record of any kind. */
  readonly last_at: string;
  readonly outcome: Outcome;
  /** Whether the variant was forced: the assignment then counts nowhere. */
  readonly overridden: boolean;
  readonly executions: number;
  /** Executions that carry an error. */
  readonly errors: number;
  /** The error of the latest such execution; null when there is none. */
  readonly error: string | null;
  /** Custom events. */
  readonly events: number;
  /** Sum over the executions where it is known; null when it is for none. */
  readonly latency_ms: number | null;
  /** As latency, in US dollars. */
  readonly cost: number | null;
}

/**
 * A page of a flag's assignments, in the order in which the server received
 * them; those that it wrote together are in the order of their own times.
 */
export interface RecordPage {
  readonly flag_name: string;
  /** The newest first. */
  readonly records: readonly AssignmentSummary[];
  /**
   * Where the next page begins; null when there is none. A page can be short
   * of its limit, or empty, and yet have a cursor: a page looks at 1,000
   * assignments at most, however few of them are wanted.
   */
  readonly cursor: string | null;
}

/** Everything that is known about one assignment. */
export interface AssignmentStory {
  /** Null while only executions or events have come. */
  readonly assignment: AssignmentRecord | null;
  readonly outcome: Outcome;
  /** In the order of their times. */
  readonly executions: readonly ExecutionRecord[];
  /** In the order of their times. */
  readonly events: readonly EventRecord[];
}

/** What the ledger says about the soundness of a flag's data. */
export interface RecordHealth {
  /** Executions and events that name the flag and wait for their assignment. */
  readonly waiting: number;
  /** As `waiting`, of those that name no flag: they are of any flag. */
  readonly waiting_without_flag: number;
  /** Records that came more than an hour after they happened. */
  readonly late: number;
  /** Assignments whose variant was forced. */
  readonly overridden: number;
  /** Users seen in more than one variant. */
  readonly users_in_several_variants: number;
}
