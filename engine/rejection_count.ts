/** How many records were refused for one reason. */
export interface RejectionCount {
  /** The field at fault; empty when it was the record as a whole. */
  readonly field: string;
  readonly records: number;
}

/** What all servers on a database refused, of all flags. */
export interface RejectionCounts {
  /** When the first was, in epoch milliseconds; null without any. */
  readonly since: number | null;
  /** The most frequent first. */
  readonly reasons: readonly RejectionCount[];
}
