import type { Slot } from "./apply.ts";

/** The database cannot take records now: they are to be sent again. */
export class StorageUnavailableError extends Error {
  override readonly name = "StorageUnavailableError";
}

/** Records that came together, and are answered together. */
export interface Request {
  readonly slots: readonly Slot[];
  /** Ids of assignments to go on counting. */
  readonly waiting: readonly string[];
  readonly bytes: number;
  /** Resolves when its rows have been read, as far as they were asked for. */
  readonly ready: Promise<void> | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Records that join one round of commits at most: some thirty commits. */
const MOST_RECORDS = 4000;
/** Where fewer wait they all join: some four commits. */
const FEW_RECORDS = 600;

/** Requests that wait for their round, as many as memory is to hold. */
export class RequestQueue {
  readonly #maxRecords: number;
  readonly #maxBytes: number;
  readonly #queue: Request[] = [];
  #records = 0;
  #queued = 0;
  #bytes = 0;
  #closed = false;
  #wake: () => void = () => {};

  /** @param maxBytes Bytes of the requests that may wait. */
  constructor(maxRecords: number, maxBytes: number) {
    this.#maxRecords = maxRecords;
    this.#maxBytes = maxBytes;
  }

  /** Records that are not settled. */
  get records(): number {
    return this.#records;
  }

  /** Records that are in no round yet. */
  get queued(): number {
    return this.#queued;
  }

  /** Whether no request waits for its round. */
  get empty(): boolean {
    return this.#queue.length === 0;
  }

  /**
   * Puts a request at the end.
   *
   * @param prepare Called when there is room: see `ready` of {@linkcode Request}.
   * @returns Resolves once it is settled.
   * @throws {StorageUnavailableError} There is no room, or it is closed.
   */
  add(
    request: Omit<Request, "ready" | "resolve" | "reject">,
    prepare: () => Promise<void> | undefined,
  ): Promise<void> {
    const { slots, bytes } = request;
    if (this.#closed) {
      throw new StorageUnavailableError("The server is stopping");
    }
    // A request that finds the queue empty is taken whatever its size.
    const full = this.#records + slots.length > this.#maxRecords ||
      this.#bytes + bytes > this.#maxBytes;
    if (full && !this.empty) {
      throw new StorageUnavailableError(
        `Too many records wait for their commit: ${this.#records}`,
      );
    }
    return new Promise((resolve, reject) => {
      this.#records += slots.length;
      this.#queued += slots.length;
      this.#bytes += bytes;
      this.#queue.push({ ...request, ready: prepare(), resolve, reject });
      this.#wake();
    });
  }

  /** Resolves when the next request comes. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#wake = resolve);
  }

  /**
   * Takes the requests of the next round: half of what waits, since those of a
   * round are answered together, and while it is written others are to come.
   */
  takeRound(): Request[] {
    const half = Math.max(FEW_RECORDS, this.#queued / 2);
    const most = Math.min(MOST_RECORDS, half);
    let [count, end] = [0, 0];
    for (const { slots } of this.#queue) {
      if (end > 0 && count + slots.length > most) break;
      count += slots.length;
      end++;
    }
    this.#queued -= count;
    return this.#queue.splice(0, end);
  }

  /** Gives the room of requests back, which have been answered. */
  settle(requests: readonly Request[]): void {
    for (const { slots, bytes } of requests) {
      this.#records -= slots.length;
      this.#bytes -= bytes;
    }
  }

  /** Takes nothing more. */
  close(): void {
    this.#closed = true;
  }
}
