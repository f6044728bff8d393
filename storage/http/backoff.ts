const MAX_MS = 30_000;

/**
 * When the next request may be made after some that failed: an exponential
 * backoff with full jitter, so that clients that failed together do not come
 * back together, and never before the server's `Retry-After`.
 *
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 *
 * @example
 * ```ts
 * import { Backoff } from "./backoff.ts";
 * import assert from "node:assert/strict";
 *
 * const backoff = new Backoff(500, () => 0.5);
 * backoff.fail(1_000, null);
 * assert.equal(backoff.until, 1_250);
 * backoff.fail(2_000, 60_000);
 * assert.equal(backoff.until, 62_000);
 * ```
 */
export class Backoff {
  readonly #baseMs: number;
  readonly #random: () => number;
  #failures = 0;
  #own = 0;
  #asked = 0;

  /**
   * @param baseMs The longest wait after the first failure; it doubles with
   * each further one, up to 30 seconds.
   * @param random From 0 to below 1.
   */
  constructor(baseMs: number, random: () => number = Math.random) {
    this.#baseMs = baseMs;
    this.#random = random;
  }

  /** The earliest time for the next request, in the milliseconds of `fail()`. */
  get until(): number {
    return Math.max(this.#own, this.#asked);
  }

  /** The same for a request that cannot wait, but for what the server asked. */
  get urgentUntil(): number {
    return this.#asked;
  }

  /**
   * @param now Milliseconds, of any clock.
   * @param retryAfterMs What the server asked for, or null.
   */
  fail(now: number, retryAfterMs: number | null): void {
    const most = Math.min(this.#baseMs * 2 ** this.#failures++, MAX_MS);
    this.#own = now + this.#random() * most;
    this.#asked = now + (retryAfterMs ?? 0);
  }

  /** The server answered: the next failure is the first again. */
  succeed(): void {
    this.#failures = 0;
    this.#own = 0;
    this.#asked = 0;
  }
}
