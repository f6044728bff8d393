import type { ApplyTarget, Slot } from "./apply.ts";
import { ConflictError } from "./commit.ts";
import { DeltaFolder } from "./delta_folder.ts";
import type { Fold } from "./fold.ts";
import type { AssignmentEntry, Incoming } from "./entry.ts";
import { idOfPart, waitingPrefix } from "./keys.ts";
import type { CommitLimits } from "./limits.ts";
import { applyRequests, isContention, persist } from "./persist.ts";
import { Pipeline } from "./pipeline.ts";
import { RequestQueue } from "./request_queue.ts";
import type { Request } from "./request_queue.ts";
import type { Verdict } from "./story.ts";

/** Options of a {@linkcode Ledger}. */
export interface LedgerOptions {
  /** What one commit can hold. */
  readonly limits: CommitLimits;
  /** Another handle, for reads that need not wait for commits. @default kv */
  readonly reads?: Deno.Kv;
  /** Records that may wait for their commit. @default 20_000 */
  readonly maxWaiting?: number;
  /** Bytes of the requests that may wait. @default 64 MiB */
  readonly maxWaitingBytes?: number;
  /**
   * Deltas of one flag after which this process folds them: reading reads so
   * many per process, and folding costs a commit. @default 32
   */
  readonly foldAfter?: number;
  /** Hears of every fold of this ledger. */
  readonly onFold?: (fold: Fold) => void;
  /** Attempts while other writers hold the database. @default 200 */
  readonly maxAttempts?: number;
  /** Waits before an attempt, for a random share of 50 ms. */
  readonly pause?: () => Promise<void>;
}

const MAX_KNOWN_BODIES = 10_000;
const WAITING_PER_ROUND = 500;
/** Rounds that look for every story after one that presumed wrongly. */
const CAREFUL_ROUNDS = 20;

/**
 * Brings records into the database. Requests that come while a commit is
 * under way wait, and join the next one together: one commit for many
 * requests is what makes it fast. Where those that wait fill a commit by
 * themselves, it is prepared while others are under way.
 */
export class Ledger {
  readonly #target: ApplyTarget;
  readonly #queue: RequestQueue;
  readonly #folder: DeltaFolder;
  readonly #maxAttempts: number;
  #running: Promise<void> | null = null;
  /** What sends the next round; null while none is going to. */
  #pipeline: Pipeline | null = null;
  /** Rounds still to come that look for every story. */
  #careful = 0;

  constructor(kv: Deno.Kv, options: LedgerOptions) {
    const {
      limits,
      reads = kv,
      maxWaiting = 20_000,
      maxWaitingBytes = 64 * 1024 * 1024,
      foldAfter = 32,
      onFold,
      maxAttempts = 200,
      pause = pauseAtRandom,
    } = options;
    this.#target = {
      kv,
      reads,
      limits,
      knownBodies: new Set(),
      deltas: new Map(),
      onFold,
      pause,
    };
    this.#queue = new RequestQueue(maxWaiting, maxWaitingBytes);
    this.#folder = new DeltaFolder(this.#target, foldAfter);
    this.#maxAttempts = maxAttempts;
  }

  /** Records that wait for their commit. */
  get waiting(): number {
    return this.#queue.records;
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

  /** Gathers the deltas that have piled up; see delta_folder.ts. */
  foldAll(): Promise<void> {
    return this.#folder.foldAll();
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
    this.#queue.close();
    await this.#running;
    await this.#folder.settled();
  }

  async #enqueue(
    slots: readonly Slot[],
    waiting: readonly string[],
    bytes: number,
  ): Promise<void> {
    const settled = this.#queue.add(
      { slots, waiting, bytes },
      () => this.#pipeline?.workspace.expectUsers(assignmentsOf(slots)),
    );
    this.#running ??= this.#run();
    await settled;
  }

  async #run(): Promise<void> {
    while (!this.#queue.empty) {
      const pipeline = new Pipeline(this.#target);
      this.#pipeline = pipeline;
      const left = await this.#stream(pipeline);
      this.#pipeline = null;
      const { failure } = pipeline;
      if (failure !== null) await this.#recover(left, failure.error);
    }
    this.#running = null;
  }

  /**
   * Sends round after round, until none waits or something has failed.
   *
   * @returns The rounds that are not settled, in their order.
   */
  async #stream(pipeline: Pipeline): Promise<Iterable<readonly Request[]>> {
    const left = new Map<readonly Request[], Promise<void>>();
    while (pipeline.failure === null) {
      if (this.#mayBegin(pipeline)) {
        const requests = this.#queue.takeRound();
        const round = await this.#send(pipeline, requests);
        const answered = pipeline.settled().then((wellDone) => {
          if (!wellDone) return;
          left.delete(requests);
          pipeline.workspace.release(round);
          this.#answered(requests);
          for (const { resolve } of requests) resolve();
        });
        left.set(requests, answered);
      } else if (pipeline.idle) break;
      else await Promise.race([pipeline.oneSettled(), this.#queue.next()]);
    }
    await Promise.all(left.values());
    return left.keys();
  }

  /**
   * Whether to make a round of what waits, or to let more come together. What
   * fills a commit need not wait for room: it is prepared until there is some.
   */
  #mayBegin(pipeline: Pipeline): boolean {
    if (this.#queue.empty) return false;
    return pipeline.idle || this.#queue.queued >= this.#target.limits.checks;
  }

  /** Prepares and sends a round; gives its number. */
  async #send(
    pipeline: Pipeline,
    requests: readonly Request[],
  ): Promise<number> {
    const { knownBodies } = this.#target;
    if (knownBodies.size > MAX_KNOWN_BODIES) knownBodies.clear();
    const presume = this.#careful === 0;
    if (!presume) this.#careful--;
    const round = pipeline.workspace.begin();
    try {
      await Promise.all(requests.map(({ ready }) => ready));
      await applyRequests(pipeline, requests, presume);
    } catch (error) {
      pipeline.fail(error);
    }
    return round;
  }

  #answered(requests: readonly Request[]): void {
    this.#queue.settle(requests);
    this.#folder.start();
  }

  /** Settles the rounds of a pipeline that has failed, one after another. */
  async #recover(
    rounds: Iterable<readonly Request[]>,
    error: unknown,
  ): Promise<void> {
    // A story that was taken to be new was there: it will be read now.
    if (error instanceof ConflictError && this.#careful === 0) {
      this.#careful = CAREFUL_ROUNDS;
    } else await this.#target.pause();
    const failed = isContention(error) ? 0 : 1;
    for (const requests of rounds) {
      await persist(this.#target, requests, {
        most: this.#maxAttempts,
        failed,
      });
      this.#answered(requests);
    }
  }
}

/** The assignments that are among records. */
function* assignmentsOf(slots: readonly Slot[]): Generator<AssignmentEntry> {
  for (const { incoming: { entry } } of slots) {
    if (entry.kind === "assignment") yield entry;
  }
}

function pauseAtRandom(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
}
