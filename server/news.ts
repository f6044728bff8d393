/** Options of {@linkcode News}. */
export interface NewsOptions {
  /** Changes whenever a figure of the flag does; null asks about any flag. */
  readonly versionOf: (flag: string | null) => Promise<string>;
  /** How often it is asked, in milliseconds. @default 1000 */
  readonly intervalMs?: number;
  /** Streams at once; more are refused. @default 500 */
  readonly maxStreams?: number;
}

/** A line that says nothing, so that proxies do not close an idle stream. */
const KEEP_ALIVE = ": still here\n\n";
const KEEP_ALIVE_MS = 15_000;
const encoder = new TextEncoder();

/**
 * Tells who listens that a flag's figures have changed. A flag that many watch
 * is looked at once a second, whoever wrote to it: this process or another.
 */
export class News {
  readonly #options: NewsOptions;
  readonly #watches: Map<string | null, Watch> = new Map();
  #streams = 0;
  #closed = false;

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  /**
   * A stream of events for one listener, or null when there are too many. It
   * begins with an event: what happened before it was opened is news, too.
   */
  open(flag: string | null): ReadableStream<Uint8Array> | null {
    const { maxStreams = 500, versionOf, intervalMs = 1000 } = this.#options;
    if (this.#closed || this.#streams >= maxStreams) return null;
    let watch = this.#watches.get(flag);
    if (watch === undefined) {
      watch = new Watch(() => versionOf(flag), intervalMs);
      this.#watches.set(flag, watch);
    }
    const { listeners } = watch;
    let listener: ReadableStreamDefaultController<Uint8Array> | undefined;
    this.#streams++;
    const leave = (): void => {
      if (listener === undefined || !listeners.delete(listener)) return;
      this.#streams--;
      if (listeners.size > 0) return;
      watch.stop();
      this.#watches.delete(flag);
    };
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        listener = controller;
        watch.add(controller);
      },
      cancel: leave,
    });
  }

  /** Ends every stream. Nothing is opened any more. */
  close(): void {
    this.#closed = true;
    for (const watch of this.#watches.values()) {
      watch.stop();
      for (const listener of watch.listeners) listener.close();
    }
    this.#watches.clear();
    this.#streams = 0;
  }
}

/** One flag that somebody listens to. */
class Watch {
  readonly listeners: Set<ReadableStreamDefaultController<Uint8Array>> =
    new Set();
  readonly #read: () => Promise<string>;
  readonly #timer: ReturnType<typeof setInterval>;
  #version: string | null = null;
  #asking = false;
  #quietSince = performance.now();

  constructor(read: () => Promise<string>, intervalMs: number) {
    this.#read = read;
    this.#timer = setInterval(() => void this.#look(), intervalMs);
  }

  add(listener: ReadableStreamDefaultController<Uint8Array>): void {
    this.listeners.add(listener);
    listener.enqueue(encoder.encode("data: open\n\n"));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    // A database that is slow is not asked twice at once.
    if (this.#asking) return;
    this.#asking = true;
    try {
      const version = await this.#read();
      // The first look is news as well: a change may lie between what the page
      // has loaded and this.
      const changed = this.#version !== version;
      this.#version = version;
      if (changed) this.#send("data: changed\n\n");
      else if (performance.now() - this.#quietSince > KEEP_ALIVE_MS) {
        this.#send(KEEP_ALIVE);
      }
    } catch {
      // Who listens asks by itself from time to time, and sees the failure.
    } finally {
      this.#asking = false;
    }
  }

  #send(text: string): void {
    this.#quietSince = performance.now();
    const bytes = encoder.encode(text);
    for (const listener of this.listeners) {
      // A listener that does not read gets no more: one event says it all.
      if ((listener.desiredSize ?? 0) > 0) listener.enqueue(bytes);
    }
  }
}
