/** What one atomic commit can hold. */
export interface CommitLimits {
  readonly checks: number;
  readonly mutations: number;
  /** Bytes of all written keys. */
  readonly keyBytes: number;
  /** Bytes of all values, with every written key counted twice. */
  readonly bytes: number;
  /**
   * Commits that may be under way at once: a file is written by one thread,
   * which finds the next one ready; over a network it is the answers' way that
   * takes the time.
   */
  readonly underWay: number;
}

/** Deno's own SQLite file. The sizes leave a margin for what is estimated. */
export const LOCAL_LIMITS: CommitLimits = {
  checks: 100,
  mutations: 1000,
  keyBytes: 76_000,
  bytes: 760_000,
  underWay: 2,
};

/** KV Connect and Deno Deploy, which allow ten checks. */
export const REMOTE_LIMITS: CommitLimits = {
  ...LOCAL_LIMITS,
  checks: 10,
  underWay: 8,
};
