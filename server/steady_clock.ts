/** For so long the time of day must have been as it is, in milliseconds. */
const STEADY = 5 * 60_000;
/** By so much it may be set between two looks: a leap second, a small drift. */
const TOLERANCE = 30_000;

/**
 * Watches the time of day for jumps. Nothing may be deleted for its age by a
 * clock that was wrong for a moment: at boot, say, before the network has told
 * the time.
 */
export class SteadyClock {
  readonly #now: () => number;
  readonly #clock: () => number;
  readonly #jumped: (milliseconds: number) => void;
  #since: number;
  #seen: { readonly now: number; readonly clock: number };

  /**
   * @param now The time of day in epoch milliseconds.
   * @param clock Milliseconds of a clock that is never set.
   * @param jumped Told by how much the time of day has jumped.
   */
  constructor(
    now: () => number,
    clock: () => number,
    jumped: (milliseconds: number) => void,
  ) {
    this.#now = now;
    this.#clock = clock;
    this.#jumped = jumped;
    this.#since = clock();
    this.#seen = { now: now(), clock: this.#since };
  }

  /** Whether it has been steady for minutes; must be asked each minute. */
  isSteady(): boolean {
    const [now, clock] = [this.#now(), this.#clock()];
    const jump = now - this.#seen.now - (clock - this.#seen.clock);
    this.#seen = { now, clock };
    if (Math.abs(jump) > TOLERANCE) {
      this.#since = clock;
      this.#jumped(jump);
    }
    return clock - this.#since >= STEADY;
  }

  /**
   * A task that does nothing until the clock has been steady for minutes, and
   * does what it does no more often than asked for.
   *
   * @param apart Milliseconds between two times.
   */
  guarding(
    task: () => Promise<unknown>,
    apart: number = 0,
  ): () => Promise<void> {
    let last = -Infinity;
    return async () => {
      const clock = this.#clock();
      if (!this.isSteady() || clock - last < apart) return;
      last = clock;
      await task();
    };
  }
}
