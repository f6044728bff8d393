/**
 * Asks again and again, patiently when it fails.
 *
 * @module
 */

import { SessionEndedError } from "./api_client.ts";

const INTERVAL_MS = 2_000;
const LONGEST_MS = 60_000;
/** Between attempts while the server says by itself when there is news. */
const ANNOUNCED_MS = 30_000;

/** How fresh the figures are. */
export type PollStatus =
  /** As the server rendered them: no script runs yet. */
  | { readonly kind: "static" }
  | { readonly kind: "live" }
  /** The last attempt failed; `since` is epoch milliseconds. */
  | { readonly kind: "stale"; readonly since: number }
  /** Only signing in helps: no further attempt is made. */
  | { readonly kind: "signed_out" }
  /** The reader wants the figures to stay as they are. */
  | { readonly kind: "paused" };

/** What a {@linkcode Poller} is given. */
export interface PollerOptions {
  /** Asks once and shows the answer. Nothing may be shown once aborted. */
  load(signal: AbortSignal): Promise<void>;
  /** Told of every attempt that ends. */
  onStatus(status: PollStatus): void;
  /** Whether the server says by itself when there is news. */
  announced?(): boolean;
  /** Epoch milliseconds. */
  now(): number;
  /** Runs a function later; returns how to cancel it. */
  schedule(run: () => void, delayMs: number): () => void;
}

/** How long to wait after so many failures in a row: 2 s, doubling to 60 s. */
export function pollDelay(failures: number): number {
  return Math.min(LONGEST_MS, INTERVAL_MS * 2 ** failures);
}

/**
 * Loads at once and then every two seconds, until paused; seldom where the
 * server announces news.
 */
export class Poller {
  readonly #options: PollerOptions;
  #failures = 0;
  #lastSuccess: number;
  #stop: () => void = () => {};
  /** Whether a load is under way, and whether there has been news since. */
  #loading = false;
  #news = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#lastSuccess = options.now();
  }

  /** Starts, or asks at once instead of when it is next due. */
  refresh(): void {
    this.pause();
    const abort = new AbortController();
    this.#stop = () => abort.abort();
    void this.#run(abort);
  }

  /**
   * There is news: asks at once, or as soon as the attempt under way has
   * ended. News that come fast must not cut every attempt short.
   */
  announce(): void {
    if (this.#loading) this.#news = true;
    else this.refresh();
  }

  /** Asks no more until refreshed. */
  pause(): void {
    this.#stop();
    this.#stop = () => {};
    this.#loading = false;
    this.#news = false;
  }

  async #run(abort: AbortController): Promise<void> {
    const { load, onStatus, now, schedule, announced } = this.#options;
    this.#loading = true;
    try {
      await load(abort.signal);
      if (abort.signal.aborted) return;
      this.#failures = 0;
      this.#lastSuccess = now();
      onStatus({ kind: "live" });
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#loading = false;
      if (error instanceof SessionEndedError) {
        onStatus({ kind: "signed_out" });
        return;
      }
      this.#failures++;
      onStatus({ kind: "stale", since: this.#lastSuccess });
    }
    this.#loading = false;
    if (this.#news && this.#failures === 0) {
      this.#news = false;
      this.refresh();
      return;
    }
    const calm = this.#failures === 0 && announced?.() === true;
    this.#stop = schedule(
      () => this.refresh(),
      calm ? ANNOUNCED_MS : pollDelay(this.#failures),
    );
  }
}
