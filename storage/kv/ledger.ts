import { applyRecords } from "./apply.ts";
import type { ApplyTarget, Slot } from "./apply.ts";
import { ConflictError, LOCKED_ATTEMPTS } from "./commit.ts";
import type { Incoming } from "./entry.ts";
import { foldFlag } from "./fold.ts";
import { countersPrefix, idOfPart, waitingPrefix } from "./keys.ts";
import type { CommitLimits } from "./limits.ts";
import type { Verdict } from "./story.ts";
import { isLocked, whileLocked } from "./while_locked.ts";

/** The database cannot take records now: they are to be sent again. */
export class StorageUnavailableError extends Error {
  override readonly name = "StorageUnavailableError";
}

/** Options of a {@linkcode Ledger}. */
export interface LedgerOptions {
  /** What one commit can hold. */
  readonly limits: CommitLimits;
  /** Records that may wait for their commit. @default 20_000 */
  readonly maxWaiting?: number;
  /** Bytes of the requests that may wait. @default 64 MiB */
  readonly maxWaitingBytes?: number;
  /**
   * Deltas of one flag after which this process folds them: reading reads so
   * many per process, and folding costs a commit. @default 32
   */
  readonly foldAfter?: number;
  /** Attempts while other writers hold the database. @default 200 */
  readonly maxAttempts?: number;
  /** Waits before an attempt, for a random share of 50 ms. */
  readonly pause?: () => Promise<void>;
}

interface Request {
  readonly slots: readonly Slot[];
  readonly waiting: readonly string[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Records that join one round of commits: some forty commits at most. */
const ROUND_RECORDS = 4000;
const MAX_KNOWN_BODIES = 10_000;
/** Deltas of one flag, of any process, that the chore leaves alone. */
const DELTAS_LEFT = 4;
const MAX_FLAGS = 10_000;
/** Attempts after an error that says nothing about its cause. */
const MAX_FAILURES = 3;
const WAITING_PER_ROUND = 500;
/** Rounds that look for every story after one that presumed wrongly. */
const CAREFUL_ROUNDS = 20;

/**
 * Brings records into the database. Requests that come while a commit is
 * under way wait, and join the next one together: one commit for many
 * requests is what makes it fast.
 */
export class Ledger {
  readonly #target: ApplyTarget;
  readonly #maxWaiting: number;
  readonly #maxWaitingBytes: number;
  readonly #maxAttempts: number;
  readonly #pause: () => Promise<void>;
  readonly #foldAfter: number;
  readonly #queue: Request[] = [];
  #records = 0;
  #bytes = 0;
  #running: Promise<void> | null = null;
  #closed = false;
  /** Rounds still to come that look for every story. */
  #careful = 0;

  constructor(kv: Deno.Kv, options: LedgerOptions) {
    const {
      limits,
      maxWaiting = 20_000,
      maxWaitingBytes = 64 * 1024 * 1024,
      foldAfter = 32,
      maxAttempts = 200,
      pause = pauseAtRandom,
    } = options;
    this.#target = {
      kv,
      limits,
      knownBodies: new Set(),
      deltas: new Map(),
      pause,
    };
    this.#maxWaiting = maxWaiting;
    this.#maxWaitingBytes = maxWaitingBytes;
    this.#maxAttempts = maxAttempts;
    this.#pause = pause;
    this.#foldAfter = foldAfter;
  }

  /** Records that wait for their commit. */
  get waiting(): number {
    return this.#records;
  }

  /**
   * Takes records; resolves once they are durable.
   *
   * @param bytes What they hold in memory, roughly.
   * @returns What became of each.
   * @throws {StorageUnavailableError} At least one could not be committed, or
   * too many wait already. Those that were committed are duplicates when they
   * are sent again.
   */
  async ingest(
    records: readonly Incoming[],
    bytes: number,
  ): Promise<Verdict[]> {
    const slots = records.map((incoming) => ({ incoming, verdict: null }));
    await this.#enqueue(slots, [], bytes);
    return slots.map(({ verdict }) => {
      if (verdict === null) throw new Error("A record was left out");
      return verdict;
    });
  }

  /**
   * Counts what is durable but was not counted, since a server stopped
   * between two commits of one story.
   */
  async countWaiting(): Promise<void> {
    const { kv } = this.#target;
    let ids: string[] = [];
    for await (const { key } of kv.list({ prefix: waitingPrefix() })) {
      ids.push(idOfPart(key[1]));
      if (ids.length === WAITING_PER_ROUND) {
        await this.#enqueue([], ids, 0);
        ids = [];
      }
    }
    if (ids.length > 0) await this.#enqueue([], ids, 0);
  }

  /**
   * Gathers the deltas that have piled up: of processes that ended before
   * their folds, and of flags with few records.
   */
  async foldAll(): Promise<void> {
    const { kv, limits } = this.#target;
    const deltas = new Map<string, number>();
    for await (const { key } of kv.list({ prefix: countersPrefix() })) {
      if (key[2] !== "delta") continue;
      const flag = String(key[1]);
      deltas.set(flag, (deltas.get(flag) ?? 0) + 1);
    }
    for (const [flag, count] of deltas) {
      let left = count;
      while (left > DELTAS_LEFT) {
        const folded = await whileLocked(() => foldFlag(kv, flag, limits));
        if (folded === 0) break;
        left -= folded;
      }
    }
  }

  /**
   * Forgets which bodies are in the database for certain, so that it writes
   * them again: what nobody names any more is deleted minutes later.
   */
  forgetBodies(): void {
    this.#target.knownBodies.clear();
  }

  /** Takes nothing more; resolves when all that was taken is settled. */
  async drain(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  #enqueue(
    slots: readonly Slot[],
    waiting: readonly string[],
    bytes: number,
  ): Promise<void> {
    if (this.#closed) {
      return Promise.reject(
        new StorageUnavailableError("The server is stopping"),
      );
    }
    // A request that finds the queue empty is taken whatever its size.
    const full = this.#records + slots.length > this.#maxWaiting ||
      this.#bytes + bytes > this.#maxWaitingBytes;
    if (full && this.#queue.length > 0) {
      return Promise.reject(
        new StorageUnavailableError(
          `Too many records wait for their commit: ${this.#records}`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      this.#records += slots.length;
      this.#bytes += bytes;
      this.#queue.push({ slots, waiting, bytes, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const requests = this.#nextRound();
      await this.#settle(requests);
      for (const { slots, bytes } of requests) {
        this.#records -= slots.length;
        this.#bytes -= bytes;
      }
      await this.#fold();
    }
    this.#running = null;
  }

  /** Folds the flags that this process has written many deltas of. */
  async #fold(): Promise<void> {
    const { kv, limits, deltas } = this.#target;
    // Of so many flags each has few: the chore folds what it finds.
    if (deltas.size > MAX_FLAGS) deltas.clear();
    for (const [flag, count] of deltas) {
      if (count < this.#foldAfter) continue;
      try {
        await foldFlag(kv, flag, limits);
        deltas.delete(flag);
      } catch {
        // Another writer was faster. What is not folded counts all the same.
      }
    }
  }

  #nextRound(): Request[] {
    let count = 0;
    let end = 0;
    for (const { slots } of this.#queue) {
      if (end > 0 && count + slots.length > ROUND_RECORDS) break;
      count += slots.length;
      end++;
    }
    return this.#queue.splice(0, end);
  }

  /** Applies requests until each is settled. Never throws. */
  async #settle(
    requests: readonly Request[],
    maxFailures = MAX_FAILURES,
  ): Promise<void> {
    const { knownBodies } = this.#target;
    if (knownBodies.size > MAX_KNOWN_BODIES) knownBodies.clear();
    let failures = 0;
    let presume = this.#careful === 0;
    if (!presume) this.#careful--;
    for (let attempt = 1;; attempt++) {
      try {
        const slots = requests.flatMap((request) => request.slots);
        const open = slots.filter(({ verdict }) => verdict === null);
        const waiting = requests.flatMap((request) => request.waiting);
        // What is durable may not have been counted to its end.
        for (const { verdict, incoming } of slots) {
          if (verdict !== null) waiting.push(incoming.assignmentId);
        }
        await applyRecords(this.#target, open, waiting, presume);
        for (const { resolve } of requests) resolve();
        return;
      } catch (error) {
        if (presume) {
          presume = false;
          if (error instanceof ConflictError) {
            this.#careful = CAREFUL_ROUNDS;
            continue;
          }
        }
        if (!isContention(error)) failures++;
        // The commit was sent so often before it gave up.
        if (isLocked(error)) attempt += LOCKED_ATTEMPTS - 1;
        // What made it fail may be one request's own: it must not take the
        // others with it.
        if (failures === maxFailures && requests.length > 1) {
          // Halves: where everything fails, each is tried but once more.
          const middle = Math.ceil(requests.length / 2);
          await this.#settle(requests.slice(0, middle), 1);
          await this.#settle(requests.slice(middle), 1);
          return;
        }
        if (failures === maxFailures || attempt >= this.#maxAttempts) {
          const cause = new StorageUnavailableError(
            "The database did not take the records",
            { cause: error },
          );
          for (const { reject } of requests) reject(cause);
          return;
        }
      }
      await this.#pause();
    }
  }
}

/** Whether another writer was in the way, and the next attempt may succeed. */
function isContention(error: unknown): boolean {
  return error instanceof ConflictError || isLocked(error);
}

function pauseAtRandom(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
}
