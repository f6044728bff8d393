/** What the server takes; all of it is documented in the README. */
export const LIMITS = {
  /** Bytes of a request's body. */
  bodyBytes: 8 * 1024 * 1024,
  /** Records of a request. */
  records: 5000,
  /** Objects and arrays within each other, in a record. */
  depth: 64,
  /** Bytes of an id or a name, in UTF-8 with NUL as two. */
  nameBytes: 512,
  /** Characters of a user's id. */
  userCharacters: 10_000,
  /** Bytes of a config, of metadata or of a payload, as JSON. */
  objectBytes: 32 * 1024,
  /** Characters of an error that are kept. */
  errorCharacters: 4096,
  /** An hour, in milliseconds. */
  latencyMs: 3_600_000,
  /** US dollars of one execution. */
  costUsd: 1000,
  tokens: 1_000_000_000,
  /** The value of a custom event, on either side of zero. */
  eventValue: 1_000_000_000_000,
  /** Variants of the settings that an assignment carries. */
  setupVariants: 1000,
  /** The weight of one of them. */
  weight: Number.MAX_SAFE_INTEGER,
  /** Buckets of one timeline. */
  timelineBuckets: 10_000,
} as const;
