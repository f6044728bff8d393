/** Gives the time in microseconds since 1970-01-01 UTC, never twice the same. */
export type Clock = () => number;

/**
 * A clock that keeps the order of what happens within one millisecond.
 *
 * The latest outcome of an assignment counts, and `Date.now()` would give a
 * failure and the success that corrects it the same time.
 *
 * @param now Milliseconds since 1970-01-01 UTC.
 * @returns Whole microseconds, each greater than the one before, unless the
 * system's clock was set back by more than a second.
 *
 * @example
 * ```ts
 * import { createClock } from "./clock.ts";
 * import assert from "node:assert/strict";
 *
 * const clock = createClock(() => 1_700_000_000_000);
 * assert.equal(clock(), 1_700_000_000_000_000);
 * assert.equal(clock(), 1_700_000_000_000_001);
 * ```
 */
export function createClock(now: () => number = Date.now): Clock {
  let last = 0;
  return () => {
    const micros = Math.floor(now() * 1000);
    last = micros > last || micros < last - 1_000_000 ? micros : last + 1;
    return last;
  };
}
