import { Backoff } from "./backoff.ts";
import type { Connection } from "./connection.ts";
import { deliveryLog } from "./delivery_log.ts";
import type { DeliveryHandlers, DeliveryOptions } from "./delivery_options.ts";
import {
  addExitListener,
  type ExitListener,
  removeExitListener,
} from "./exit_hooks.ts";
import type { QueuedRecord } from "./record_buffer.ts";
import { recordQueue } from "./record_queue.ts";
import type { RecordStorage } from "./record_storage.ts";
import { sendBatch, type SendOutcome } from "./send_batch.ts";
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

/** A storage that has a last word before its process or page ends. */
export interface HttpStorage extends RecordStorage, ExitListener {}

/**
 * Keeps records and sends them to the server in batches, one request at a
 * time. No method throws, and `save()` does no I/O but what a spool does.
 *
 * A record is sent until the server has answered for it: sending twice is
 * harmless, since the server knows records by their ids.
 */
export function httpStorage(
  connection: Connection,
  options: DeliveryOptions,
  { report, onDrop }: DeliveryHandlers,
): HttpStorage {
  const { batchBytes, intervalMs, maxQueue, spool, waitUntil } = options;
  const log = deliveryLog(connection.server, report, onDrop);
  const backoff = new Backoff(options.backoffMs);
  let running: Promise<void> | null = null;
  /** The requests of a hidden page, which run beside the others. */
  let farewells: Promise<unknown> = Promise.resolve();
  /** Aborted while what waits is given up. */
  let abort = new AbortController();
  let stopped: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerIsSoon = false;
  let failures = 0;
  /** Whether a key or an address has to be mended: nobody waits for that. */
  let mending = false;
  let late = false;
  let keptAlive = false;
  let limit = MAX_BATCH_RECORDS;
  let gzip = false;

  const buffer = spool?.open({
    maxRecords: maxQueue,
    maxChars: MAX_QUEUE_CHARS,
    report,
    onFound: arrived,
  }) ?? recordQueue(maxQueue, MAX_QUEUE_CHARS);

  const storage: HttpStorage = {
    save(record) {
      if (stopped === null) {
        log.drop(buffer.push(record), "queue_full");
        arrived();
        return;
      }
      log.drop(1, "shutdown");
      // Once says it all: the host may go on for long.
      if (!late) log.reportDrops();
      late = true;
    },
    stats: () => log.stats(buffer.pending + buffer.kept),
    flush: (timeoutMs) => flush(timeoutMs),
    // What is left is lost without a spool, so that it takes the time it has.
    shutdown: (timeoutMs) =>
      stopped ??= flush(timeoutMs, spool ? FLUSH_ATTEMPTS : Infinity)
        .then(() => giveUp("shutdown")),
    async beforeExit() {
      if (buffer.pending === 0) return;
      await flush();
      await giveUp("exit");
    },
    onHide() {
      farewells = Promise.all([farewells, send(true).then(rest)]);
    },
  };
  return storage;

  async function flush(
    timeoutMs = options.flushTimeoutMs,
    attempts = FLUSH_ATTEMPTS,
  ): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    const target = log.settled() + buffer.pending;
    // The timer goes on meanwhile: its failures count here as well.
    const before = failures;
    while (
      log.settled() < target && buffer.pending > 0 &&
      failures < before + attempts
    ) {
      const now = performance.now();
      const start = failures === before ? backoff.urgentUntil : backoff.until;
      if (Math.max(start, now) >= deadline) return;
      if (mending && start > now) return;
      if (start > now) await within(start - now);
      else await within(deadline - now, run());
    }
  }

  /** There is something to send. */
  function arrived(): void {
    addExitListener(storage);
    schedule();
    if (waitUntil === undefined || keptAlive) return;
    // A serverless platform is to wait for what has come, and soon will.
    keptAlive = true;
    const delivery = within(Math.min(intervalMs, WAIT_UNTIL_MS)).then(() => {
      keptAlive = false;
      return flush();
    });
    try {
      waitUntil(delivery);
    } catch {
      // Outside of a request, say: the records go by the timer.
    }
  }

  /** Sets the timer for the next request, unless it is early enough. */
  function schedule(): void {
    const { size, chars } = buffer;
    if (running !== null || size === 0) return;
    const full = size >= options.batchSize || chars >= batchBytes;
    if (timer !== undefined && (timerIsSoon || !full)) return;
    clearTimer();
    timerIsSoon = full;
    const wait = backoff.until - performance.now();
    timer = setTimeout(run, Math.max(full ? 0 : intervalMs, wait));
    unrefTimer(timer);
  }

  function clearTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  /** Sends one batch, or joins in waiting for the one under way. */
  function run(): Promise<void> {
    clearTimer();
    running ??= sendOrWait().finally(() => {
      running = null;
      rest();
    });
    return running;
  }

  async function sendOrWait(): Promise<void> {
    await buffer.load?.();
    // A loop of flush() would else go round without ever letting go.
    await (buffer.size > 0 ? send(false) : farewells);
  }

  /** After a request: what is left waits for the timer. */
  function rest(): void {
    if (buffer.pending === 0) removeExitListener(storage);
    schedule();
  }

  /** @param keepalive Lets the request outlive the page that makes it. */
  async function send(keepalive: boolean): Promise<void> {
    const batch = buffer.take(
      limit,
      keepalive ? MAX_KEEPALIVE_BYTES : batchBytes,
    );
    if (batch.length === 0) return;
    const { signal } = abort;
    const outcome = await sendBatch(connection, batch, {
      keepalive,
      gzip,
      abort: signal,
      onGzip: (accepted) => gzip = accepted,
    });
    settle(batch, outcome, signal.aborted);
    if (!signal.aborted) log.reportDrops();
  }

  function settle(
    batch: readonly QueuedRecord[],
    outcome: SendOutcome,
    abandoned: boolean,
  ): void {
    const { length } = batch;
    mending = outcome.type === "retry" && outcome.mend !== undefined;
    const halved = outcome.type === "too_large" && length > 1;
    if (halved || outcome.type === "retry") {
      log.drop(buffer.putBack(batch), "queue_full");
    } else buffer.settle(batch);
    if (outcome.type === "retry") {
      if (abandoned) return;
      failures++;
      backoff.fail(performance.now(), outcome.retryAfterMs);
      log.failed(length, outcome);
      return;
    }
    backoff.succeed();
    if (outcome.type === "taken") {
      limit = Math.min(limit * 2, MAX_BATCH_RECORDS);
      log.taken(length, outcome.verdict);
    } else if (halved) limit = Math.ceil(length / 2);
    else log.refused(length, outcome.message);
  }

  /** Ends what is under way and lets go of what waits. */
  async function giveUp(reason: "shutdown" | "exit"): Promise<void> {
    abort.abort(new Error(reason));
    await Promise.all([running, farewells]);
    abort = new AbortController();
    log.drop(buffer.release(), reason);
    clearTimer();
    removeExitListener(storage);
    log.reportDrops();
  }
}
