import { readyKey } from "../storage/kv/keys.ts";

/** So long an answer holds, in milliseconds: it costs a write. */
const HOLDS = 1000;
/** A database that takes longer is not ready. */
const PATIENCE = 2000;

/** Whether a database takes writes: found out by writing to it. */
export class Readiness {
  readonly #kv: Deno.Kv;
  readonly #clock: () => number;
  #checkedAt = -Infinity;
  #answer: Promise<boolean> = Promise.resolve(false);

  /** @param clock Milliseconds of a clock that is never set back. */
  constructor(kv: Deno.Kv, clock: () => number) {
    this.#kv = kv;
    this.#clock = clock;
  }

  /** Writes, unless somebody has just done so. */
  check(): Promise<boolean> {
    const now = this.#clock();
    if (now - this.#checkedAt >= HOLDS) {
      this.#checkedAt = now;
      this.#answer = this.#write();
    }
    return this.#answer;
  }

  async #write(): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PATIENCE);
    });
    try {
      return await Promise.race([this.#attempt(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #attempt(): Promise<boolean> {
    for (let attempt = 1;; attempt++) {
      try {
        await this.#kv.set(readyKey(), Date.now());
        return true;
      } catch (error) {
        // Another process writes at this moment: that is as it should be.
        const isLocked = error instanceof Error &&
          error.message.includes("database is locked");
        if (!isLocked || attempt === 20) return false;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
      }
    }
  }
}
