/** What one atomic commit can hold. */
export interface CommitLimits {
  readonly checks: number;
  readonly mutations: number;
  /** Bytes of all written keys. */
  readonly keyBytes: number;
  /** Bytes of all values, with every written key counted twice. */
  readonly bytes: number;
}

/** Deno's own SQLite file. The sizes leave a margin for what is estimated. */
export const LOCAL_LIMITS: CommitLimits = {
  checks: 100,
  mutations: 1000,
  keyBytes: 76_000,
  bytes: 760_000,
};

/** KV Connect and Deno Deploy, which allow ten checks. */
export const REMOTE_LIMITS: CommitLimits = { ...LOCAL_LIMITS, checks: 10 };
