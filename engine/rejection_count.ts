/** How many records a server refused for one reason since it started. */
export interface RejectionCount {
  /** The field at fault; empty when it was the record as a whole. */
  readonly field: string;
  readonly records: number;
}

/** What a server process refused since it started, of all flags. */
export interface RejectionCounts {
  /** Epoch milliseconds. */
  readonly since: number;
  /** The most frequent first. */
  readonly reasons: readonly RejectionCount[];
}
