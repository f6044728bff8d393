/** What is left in a bucket after something was taken, or was not. */
export interface Taken {
  readonly ok: boolean;
  /** Whole tokens that are left. */
  readonly left: number;
  /** Seconds until there is a token; 0 when there is one. */
  readonly wait: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MAX_BUCKETS = 50_000;

/**
 * Buckets that fill at a rate, one for each name: what bounds how often
 * somebody may do something. Names that were not seen for long are forgotten,
 * since their buckets are full.
 */
export class TokenBuckets {
  readonly #buckets: Map<string, Bucket> = new Map();
  readonly #perSecond: number;
  readonly #size: number;
  readonly #now: () => number;

  /**
   * @param perSecond Tokens that come each second.
   * @param size Tokens that a bucket holds.
   * @param now Milliseconds of a clock that is never set back.
   */
  constructor(perSecond: number, size: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#size = size;
    this.#now = now;
  }

  /** Takes tokens, if the bucket has them. */
  take(name: string, tokens = 1): Taken {
    const bucket = this.#bucket(name);
    const ok = bucket.tokens >= tokens;
    if (ok) bucket.tokens -= tokens;
    return this.#state(bucket, ok);
  }

  /** Takes tokens even where there are none: they are owed. */
  charge(name: string, tokens: number): void {
    this.#bucket(name).tokens -= tokens;
  }

  /** What is there, without taking any. */
  look(name: string): Taken {
    const bucket = this.#bucket(name);
    return this.#state(bucket, bucket.tokens >= 1);
  }

  #bucket(name: string): Bucket {
    const now = this.#now();
    const known = this.#buckets.get(name);
    const bucket = known ?? { tokens: this.#size, at: now };
    const came = Math.max(0, now - bucket.at) / 1000 * this.#perSecond;
    bucket.tokens = Math.min(this.#size, bucket.tokens + came);
    bucket.at = now;
    // The order of the map is that of the last use.
    this.#buckets.delete(name);
    this.#buckets.set(name, bucket);
    if (this.#buckets.size > MAX_BUCKETS) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return bucket;
  }

  #state({ tokens }: Bucket, ok: boolean): Taken {
    const wait = tokens >= 1
      ? 0
      : Math.max(1, Math.ceil((1 - tokens) / this.#perSecond));
    return { ok, left: Math.max(0, Math.floor(tokens)), wait };
  }
}
