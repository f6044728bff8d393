import { Backoff } from "./backoff.ts";
import type { Connection } from "./connection.ts";
import { DeliveryLog } from "./delivery_log.ts";
import type { DeliveryHandlers, DeliveryOptions } from "./delivery_options.ts";
import { addExitListener, removeExitListener } from "./exit_hooks.ts";
import type { QueuedRecord, RecordBuffer } from "./record_buffer.ts";
import { RecordQueue } from "./record_queue.ts";
import type { RecordStorage } from "./record_storage.ts";
import { sendBatch, type SendOutcome } from "./send_batch.ts";
import type { DeliveryStats } from "./stats.ts";
import { unrefTimer, within } from "./timer.ts";

// Far below the server's 5,000 records.
const MAX_BATCH_RECORDS = 500;
// Browsers allow 64 KiB to requests that outlive their page.
const MAX_KEEPALIVE_BYTES = 60_000;
// A record may be 100 KiB long, and 10,000 of those would hurt the host.
const MAX_QUEUE_CHARS = 16_000_000;
// A serverless function that lives on costs money, and may be frozen.
const WAIT_UNTIL_MS = 200;

const FLUSH_ATTEMPTS = 3;

/**
 * Keeps records and sends them to the server in batches, one request at a
 * time. No method throws, and `save()` does no I/O but what a spool does.
 *
 * A record is sent until the server has answered for it: sending twice is
 * harmless, since the server knows records by their ids.
 */
export class HttpStorage implements RecordStorage {
  readonly #connection: Connection;
  readonly #options: DeliveryOptions;
  readonly #buffer: RecordBuffer;
  readonly #log: DeliveryLog;
  readonly #backoff: Backoff;
  #running: Promise<void> | null = null;
  /** Requests of a hidden page, which run beside the others. */
  readonly #farewells = new Set<Promise<void>>();
  #abort = new AbortController();
  #abandoned = false;
  #shutdown: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #timerIsSoon = false;
  #failures = 0;
  /** Whether a key or an address has to be mended: nobody waits for that. */
  #mending = false;
  #late = false;
  #keptAlive = false;
  #limit = MAX_BATCH_RECORDS;
  #gzip = false;

  constructor(
    connection: Connection,
    options: DeliveryOptions,
    { report, onDrop }: DeliveryHandlers,
  ) {
    this.#connection = connection;
    this.#options = options;
    this.#log = new DeliveryLog(connection.server, report, onDrop);
    this.#backoff = new Backoff(options.backoffMs);
    const { maxQueue, spool } = options;
    this.#buffer = spool?.open({
      maxRecords: maxQueue,
      maxChars: MAX_QUEUE_CHARS,
      report,
      onFound: () => this.#arrived(),
    }) ?? new RecordQueue(maxQueue, MAX_QUEUE_CHARS);
  }

  save(record: QueuedRecord): void {
    if (this.#shutdown !== null) {
      this.#log.drop(1, "shutdown");
      // Once says it all: the host may go on for long.
      if (!this.#late) this.#log.reportDrops();
      this.#late = true;
      return;
    }
    this.#log.drop(this.#buffer.push(record), "queue_full");
    this.#arrived();
  }

  stats(): DeliveryStats {
    return this.#log.stats(this.#buffer.pending + this.#buffer.kept);
  }

  async flush(timeoutMs = this.#options.flushTimeoutMs): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    const target = this.#log.settled + this.#buffer.pending;
    // The timer goes on meanwhile: its failures count here as well.
    const failures = this.#failures;
    while (
      this.#log.settled < target && this.#buffer.pending > 0 &&
      this.#failures < failures + FLUSH_ATTEMPTS
    ) {
      const now = performance.now();
      const { until, urgentUntil } = this.#backoff;
      const start = this.#failures === failures ? urgentUntil : until;
      if (Math.max(start, now) >= deadline) return;
      if (this.#mending && start > now) return;
      if (start > now) await within(start - now);
      else await within(deadline - now, this.#run());
    }
  }

  shutdown(timeoutMs = this.#options.flushTimeoutMs): Promise<void> {
    this.#shutdown ??= (async () => {
      await this.flush(timeoutMs);
      await this.#giveUp("shutdown");
    })();
    return this.#shutdown;
  }

  async beforeExit(): Promise<void> {
    if (this.#buffer.pending === 0) return;
    await this.flush();
    await this.#giveUp("exit");
  }

  onHide(): void {
    const sent = this.#send(true).finally(() => {
      this.#farewells.delete(sent);
      this.#rest();
    });
    this.#farewells.add(sent);
  }

  /** There is something to send. */
  #arrived(): void {
    addExitListener(this);
    this.#schedule();
    this.#keepAlive();
  }

  /** Sets the timer for the next request, unless it is early enough. */
  #schedule(): void {
    const { size, chars } = this.#buffer;
    if (this.#running !== null || size === 0) return;
    const { batchSize, batchBytes, intervalMs } = this.#options;
    const full = size >= batchSize || chars >= batchBytes;
    if (this.#timer !== null && (this.#timerIsSoon || !full)) return;
    this.#clearTimer();
    this.#timerIsSoon = full;
    this.#timer = setTimeout(
      () => void this.#run(),
      Math.max(full ? 0 : intervalMs, this.#backoff.until - performance.now()),
    );
    unrefTimer(this.#timer);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Has a serverless platform wait for what has come, and soon will. */
  #keepAlive(): void {
    const { waitUntil, intervalMs } = this.#options;
    if (waitUntil === undefined || this.#keptAlive) return;
    this.#keptAlive = true;
    const delivery = within(Math.min(intervalMs, WAIT_UNTIL_MS)).then(() => {
      this.#keptAlive = false;
      return this.flush();
    });
    try {
      waitUntil(delivery);
    } catch {
      // Outside of a request, say: the records go by the timer.
    }
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
    await this.#buffer.load?.();
    if (this.#buffer.size > 0) await this.#send(false);
    // A loop of flush() would else go round without ever letting go.
    else await Promise.all(this.#farewells);
  }

  /** After a request: what is left waits for the timer. */
  #rest(): void {
    if (this.#buffer.pending === 0) removeExitListener(this);
    this.#schedule();
  }

  /** @param keepalive Lets the request outlive the page that makes it. */
  async #send(keepalive: boolean): Promise<void> {
    const batch = this.#buffer.take(
      this.#limit,
      keepalive ? MAX_KEEPALIVE_BYTES : this.#options.batchBytes,
    );
    if (batch.length === 0) return;
    const outcome = await sendBatch(this.#connection, batch, {
      keepalive,
      gzip: this.#gzip,
      abort: this.#abort.signal,
      onGzip: (accepted) => this.#gzip = accepted,
    });
    this.#settle(batch, outcome);
    if (!this.#abandoned) this.#log.reportDrops();
  }

  #settle(batch: readonly QueuedRecord[], outcome: SendOutcome): void {
    const { length } = batch;
    this.#mending = outcome.type === "retry" && outcome.mending === true;
    if (outcome.type === "retry") {
      this.#putBack(batch);
      if (this.#abandoned) return;
      this.#failures++;
      this.#backoff.fail(performance.now(), outcome.retryAfterMs);
      this.#log.failed(length, outcome.message, outcome.cause);
      return;
    }
    this.#backoff.succeed();
    if (outcome.type === "too_large" && length > 1) {
      this.#limit = Math.ceil(length / 2);
      this.#putBack(batch);
      return;
    }
    this.#buffer.settle(batch);
    if (outcome.type === "taken") {
      this.#limit = Math.min(this.#limit * 2, MAX_BATCH_RECORDS);
      this.#log.taken(length, outcome.verdict);
    } else {
      this.#log.refused(
        length,
        outcome.type === "refused"
          ? outcome.message
          : "status 413: too large even alone",
      );
    }
  }

  #putBack(batch: readonly QueuedRecord[]): void {
    this.#log.drop(this.#buffer.putBack(batch), "queue_full");
  }

  /** Ends what is under way and lets go of what waits. */
  async #giveUp(reason: "shutdown" | "exit"): Promise<void> {
    this.#abandoned = true;
    this.#abort.abort(new Error(reason));
    await Promise.all([this.#running, ...this.#farewells]);
    this.#abandoned = false;
    this.#abort = new AbortController();
    this.#log.drop(this.#buffer.release(), reason);
    this.#clearTimer();
    removeExitListener(this);
    this.#log.reportDrops();
  }
}
