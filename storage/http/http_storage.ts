import { Backoff } from "./backoff.ts";
import type { Connection } from "./connection.ts";
import { DeliveryLog } from "./delivery_log.ts";
import { addExitListener, removeExitListener } from "./exit_hooks.ts";
import { type QueuedRecord, RecordQueue } from "./record_queue.ts";
import type { RecordStorage } from "./record_storage.ts";
import type { Report } from "./report.ts";
import { sendBatch, type SendOutcome } from "./send_batch.ts";
import type { DeliveryStats } from "./stats.ts";
import { unrefTimer, within } from "./timer.ts";

/** When records are sent, and how many may wait. Times in milliseconds. */
export interface DeliveryOptions {
  /** So many waiting records are sent at once. */
  readonly batchSize: number;
  /** Fewer are sent after so long. */
  readonly intervalMs: number;
  /** When so many wait, the oldest are dropped. */
  readonly maxQueue: number;
  /** How long flush and shutdown may take. */
  readonly flushTimeoutMs: number;
  /** The longest wait after the first request that fails. */
  readonly backoffMs: number;
}

// A request stays far below the server's 5,000 records and 8 MiB: no UTF-16
// code unit takes more than three bytes.
const MAX_BATCH_RECORDS = 500;
const MAX_BATCH_CHARS = 2_000_000;
// Browsers allow 64 KiB to requests that outlive their page.
const MAX_KEEPALIVE_CHARS = 20_000;
// A record may be 100 KiB long, and 10,000 of those would hurt the host.
const MAX_QUEUE_CHARS = 16_000_000;

const FLUSH_ATTEMPTS = 3;

/**
 * Keeps records in memory and sends them to the server in batches, one
 * request at a time. No method throws, and `save()` does no I/O.
 *
 * A record is sent until the server has answered for it: sending twice is
 * harmless, since the server knows records by their ids.
 */
export class HttpStorage implements RecordStorage {
  readonly #connection: Connection;
  readonly #options: DeliveryOptions;
  readonly #queue: RecordQueue;
  readonly #log: DeliveryLog;
  readonly #backoff: Backoff;
  #inFlight = 0;
  #running: Promise<void> | null = null;
  /** Requests of a hidden page, which run beside the others. */
  readonly #farewells = new Set<Promise<void>>();
  #abort = new AbortController();
  #abandoned = false;
  #shutdown: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #timerIsSoon = false;
  #failures = 0;
  #late = false;
  #limit = MAX_BATCH_RECORDS;

  /** @param report Told of whatever is not thrown; must not throw itself. */
  constructor(
    connection: Connection,
    options: DeliveryOptions,
    report: (report: Report) => void,
  ) {
    this.#connection = connection;
    this.#options = options;
    this.#queue = new RecordQueue(options.maxQueue, MAX_QUEUE_CHARS);
    this.#log = new DeliveryLog(connection.server, report);
    this.#backoff = new Backoff(options.backoffMs);
  }

  save(record: QueuedRecord): void {
    if (this.#shutdown !== null) {
      this.#log.drop(1);
      // Once says it all: the host may go on for long.
      if (!this.#late) this.#log.reportDrops("shutdown() was called before");
      this.#late = true;
      return;
    }
    if (this.#queue.size === 0) addExitListener(this);
    this.#log.drop(this.#queue.push(record, this.#inFlight));
    this.#schedule();
  }

  stats(): DeliveryStats {
    return this.#log.stats(this.#queue.size + this.#inFlight);
  }

  async flush(timeoutMs = this.#options.flushTimeoutMs): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    const target = this.#log.settled + this.#queue.size + this.#inFlight;
    // The timer goes on meanwhile: its failures count here as well.
    const failures = this.#failures;
    while (
      this.#log.settled < target && this.#failures < failures + FLUSH_ATTEMPTS
    ) {
      const now = performance.now();
      const { until, urgentUntil } = this.#backoff;
      const start = this.#failures === failures ? urgentUntil : until;
      if (Math.max(start, now) >= deadline) return;
      if (start > now) await within(start - now);
      else await within(deadline - now, this.#run());
    }
  }

  shutdown(timeoutMs = this.#options.flushTimeoutMs): Promise<void> {
    this.#shutdown ??= (async () => {
      await this.flush(timeoutMs);
      await this.#giveUp("shutdown() ran out of time or attempts");
    })();
    return this.#shutdown;
  }

  async beforeExit(): Promise<void> {
    if (this.#queue.size + this.#inFlight === 0) return;
    await this.flush();
    await this.#giveUp("the process ended");
  }

  onHide(): void {
    const sent = this.#send(true).finally(() => {
      this.#farewells.delete(sent);
      this.#rest();
    });
    this.#farewells.add(sent);
  }

  /** Sets the timer for the next request, unless it is early enough. */
  #schedule(): void {
    if (this.#running !== null || this.#queue.size === 0) return;
    const full = this.#queue.size >= this.#options.batchSize;
    if (this.#timer !== null && (this.#timerIsSoon || !full)) return;
    this.#clearTimer();
    this.#timerIsSoon = full;
    this.#timer = setTimeout(
      () => void this.#run(),
      Math.max(
        full ? 0 : this.#options.intervalMs,
        this.#backoff.until - performance.now(),
      ),
    );
    unrefTimer(this.#timer);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Sends one batch, or joins in waiting for the one under way. */
  #run(): Promise<void> {
    this.#clearTimer();
    this.#running ??= this.#sendOrWait().finally(() => {
      this.#running = null;
      this.#rest();
    });
    return this.#running;
  }

  async #sendOrWait(): Promise<void> {
    if (this.#queue.size > 0) await this.#send(false);
    // A loop of flush() would else go round without ever letting go.
    else await Promise.all(this.#farewells);
  }

  /** After a request: what is left waits for the timer. */
  #rest(): void {
    if (this.#queue.size + this.#inFlight === 0) removeExitListener(this);
    this.#schedule();
  }

  /** @param keepalive Lets the request outlive the page that makes it. */
  async #send(keepalive: boolean): Promise<void> {
    const batch = this.#queue.take(
      this.#limit,
      keepalive ? MAX_KEEPALIVE_CHARS : MAX_BATCH_CHARS,
    );
    if (batch.length === 0) return;
    this.#inFlight += batch.length;
    const outcome = await sendBatch(
      this.#connection,
      batch,
      keepalive,
      this.#abort.signal,
    );
    this.#inFlight -= batch.length;
    this.#settle(batch, outcome);
    if (!this.#abandoned) {
      this.#log.reportDrops(
        `the queue is full with ${this.#queue.size} records`,
      );
    }
  }

  #settle(batch: readonly QueuedRecord[], outcome: SendOutcome): void {
    const { length } = batch;
    if (outcome.type !== "retry") this.#backoff.succeed();
    switch (outcome.type) {
      case "taken":
        this.#limit = Math.min(this.#limit * 2, MAX_BATCH_RECORDS);
        this.#log.taken(length, outcome.result);
        break;
      case "refused":
        this.#log.refused(length, outcome.message);
        break;
      case "too_large":
        this.#limit = Math.ceil(length / 2);
        if (length > 1) this.#log.drop(this.#queue.putBack(batch));
        else this.#log.refused(1, "status 413: too large even alone");
        break;
      case "retry":
        if (this.#abandoned) return this.#log.drop(length);
        this.#log.drop(this.#queue.putBack(batch));
        this.#failures++;
        this.#backoff.fail(performance.now(), outcome.retryAfterMs);
        this.#log.failed(length, outcome.message, outcome.cause);
    }
  }

  /** Ends what is under way and drops what waits. */
  async #giveUp(reason: string): Promise<void> {
    this.#abandoned = true;
    this.#abort.abort(new Error(reason));
    await Promise.all([this.#running, ...this.#farewells]);
    this.#abandoned = false;
    this.#abort = new AbortController();
    this.#log.drop(this.#queue.clear());
    this.#clearTimer();
    removeExitListener(this);
    this.#log.reportDrops(reason);
  }
}
