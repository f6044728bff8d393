/**
 * Asks again and again, patiently when it fails.
 *
 * @module
 */

import { SessionEndedError } from "./api_client.ts";

const INTERVAL_MS = 2_000;
const LONGEST_MS = 60_000;

/** How fresh the figures are. */
export type PollStatus =
  /** As the server rendered them: no script runs yet. */
  | { readonly kind: "static" }
  | { readonly kind: "live" }
  /** The last attempt failed; `since` is epoch milliseconds. */
  | { readonly kind: "stale"; readonly since: number }
  /** Only signing in helps: no further attempt is made. */
  | { readonly kind: "signed_out" };

/** What a {@linkcode Poller} is given. */
export interface PollerOptions {
  /** Asks once and shows the answer. Nothing may be shown once aborted. */
  load(signal: AbortSignal): Promise<void>;
  /** Told of every attempt that ends. */
  onStatus(status: PollStatus): void;
  /** Epoch milliseconds. */
  now(): number;
  /** Runs a function later; returns how to cancel it. */
  schedule(run: () => void, delayMs: number): () => void;
}

/** How long to wait after so many failures in a row: 2 s, doubling to 60 s. */
export function pollDelay(failures: number): number {
  return Math.min(LONGEST_MS, INTERVAL_MS * 2 ** failures);
}

/** Loads at once and then every two seconds, until paused. */
export class Poller {
  readonly #options: PollerOptions;
  #failures = 0;
  #lastSuccess: number;
  #stop: () => void = () => {};

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

  /** Asks no more until refreshed. */
  pause(): void {
    this.#stop();
    this.#stop = () => {};
  }

  async #run(abort: AbortController): Promise<void> {
    const { load, onStatus, now, schedule } = this.#options;
    try {
      await load(abort.signal);
      if (abort.signal.aborted) return;
      this.#failures = 0;
      this.#lastSuccess = now();
      onStatus({ kind: "live" });
    } catch (error) {
      if (abort.signal.aborted) return;
      if (error instanceof SessionEndedError) {
        onStatus({ kind: "signed_out" });
        return;
      }
      this.#failures++;
      onStatus({ kind: "stale", since: this.#lastSuccess });
    }
    const cancel = schedule(
      () => this.refresh(),
      pollDelay(this.#failures),
    );
    this.#stop = cancel;
  }
}
