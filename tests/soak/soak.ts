import { join } from "node:path";
import { freePort } from "../processes/free_port.ts";
import { startServer } from "../processes/start_server.ts";
import type { RunningServer } from "../processes/start_server.ts";
import { SmallDisk } from "../survive/small_disk.ts";
import { FakeClock } from "./fake_clock.ts";
import { faultsOn, ROOM } from "./faults.ts";
import type { FaultTools, Victim } from "./faults.ts";
import { batchOf } from "./soak_batch.ts";
import { PATIENCE, pause } from "./wait.ts";

/** How to soak a server. */
export interface SoakOptions {
  /** Where its data is; made by the caller. */
  readonly directory: string;
  /**
   * Milliseconds with faults, but each fault comes once at least; a fifth of
   * it is added without.
   */
  readonly duration: number;
  /** Milliseconds between faults, and that one lasts. */
  readonly pace: number;
  /** Clients that send. */
  readonly writers: number;
  /** Told of what happens. */
  readonly say: (text: string) => void;
}

/** What came of it. */
export interface SoakResult {
  /** Batches that were acknowledged; each was sent until it was. */
  readonly batches: number;
  /** Requests that were not answered, or not with 200. */
  readonly failures: number;
  /** Those of them that were answered with 503. */
  readonly unavailable: number;
  readonly faults: { readonly [name: string]: number };
  /** Resident bytes of the last server, while it was left alone. */
  readonly memory: readonly number[];
  /** Its open files, likewise. */
  readonly files: readonly number[];
}

/** Writes, reads, and breaks a server, for a time; leaves its data. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { directory } = options;
  const disk = SmallDisk.available ? await SmallDisk.mount(ROOM) : null;
  const clock = FakeClock.available ? new FakeClock(directory) : null;
  const path = join(directory, "data.kv");
  // Of a full disk only the database is to know: backups go elsewhere.
  const data = disk === null ? path : join(disk.path, "data.kv");
  try {
    const tools = { disk, clock, lasting: options.pace };
    const result = await new Run(data, options, tools).run();
    if (disk !== null) await Deno.copyFile(data, path);
    return result;
  } finally {
    await disk?.[Symbol.asyncDispose]();
  }
}

class Run implements Victim {
  readonly path: string;
  readonly url: string;
  readonly #options: SoakOptions;
  readonly #tools: FaultTools;
  #server: RunningServer | null = null;
  #stopping = false;
  /** Whether nobody waits for the server any more. */
  #gaveUp = false;
  #batches = 0;
  #failures = 0;
  #unavailable = 0;

  constructor(path: string, options: SoakOptions, tools: FaultTools) {
    this.path = path;
    this.#options = options;
    this.#tools = tools;
    // The same for each start, as clients know it.
    this.url = `http://127.0.0.1:${freePort()}`;
  }

  get unavailable(): number {
    return this.#unavailable;
  }

  async run(): Promise<SoakResult> {
    const { writers } = this.#options;
    await this.#start();
    const work = Promise.all([
      ...Array.from({ length: writers }, (_, n) => this.#write(n)),
      this.#read("/api/v1/flags"),
      this.#read("/flags/soak"),
      this.#read("/metrics"),
    ]);
    const faults: { [name: string]: number } = {};
    let watched: Pick<SoakResult, "memory" | "files">;
    try {
      await this.#breakIt(faults);
      this.#options.say("now: nothing");
      watched = await this.#watch(this.#options.duration / 5);
    } finally {
      this.#stopping = true;
      const timer = setTimeout(() => this.#gaveUp = true, PATIENCE);
      await work;
      clearTimeout(timer);
      await this.#stop("SIGTERM");
    }
    return {
      batches: this.#batches,
      failures: this.#failures,
      unavailable: this.#unavailable,
      faults,
      ...watched,
    };
  }

  /** Lets faults happen, and counts them by their names. */
  async #breakIt(happened: { [name: string]: number }): Promise<void> {
    const { duration, pace, say } = this.#options;
    const faults = faultsOn(this, this.#tools);
    const end = performance.now() + duration;
    for (let n = 0; n < faults.length || performance.now() < end; n++) {
      await pause(pace);
      const [name, fault] = faults[n % faults.length] ?? ["", () => pause(0)];
      happened[name] = (happened[name] ?? 0) + 1;
      say(`${this.#batches} batches; now: ${name}`);
      await fault();
    }
  }

  async restart(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    await this.#stop(signal);
    await this.#start();
  }

  async #start(): Promise<void> {
    let said = "";
    try {
      this.#server = await startServer(this.path, {
        port: Number(new URL(this.url).port),
        onError: (text) => said = (said + text).slice(-2000),
        env: this.#tools.clock?.env ?? {},
      });
    } catch (cause) {
      throw new Error(`The server must start again: ${said}`, { cause });
    }
  }

  async #stop(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    await server.stop(signal);
    await FakeClock.forget(server.pid);
  }

  /** Sends batch after batch, each until it is acknowledged. */
  async #write(writer: number): Promise<void> {
    for (let n = 0; !this.#stopping; n++) {
      const body = JSON.stringify(batchOf(writer, n));
      while (!await this.#send(body)) {
        if (this.#gaveUp) return;
        await pause(50);
      }
      this.#batches++;
    }
  }

  async #send(body: string): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/api/v1/ingest`, {
        method: "POST",
        body,
        signal: AbortSignal.timeout(20_000),
      });
      await response.body?.cancel();
      if (response.status === 200) return true;
      if (response.status === 503) this.#unavailable++;
    } catch {
      // It was killed, or is not back yet.
    }
    this.#failures++;
    return false;
  }

  async #read(path: string): Promise<void> {
    while (!this.#stopping) {
      try {
        const response = await fetch(this.url + path, {
          signal: AbortSignal.timeout(PATIENCE),
        });
        await response.body?.cancel();
      } catch {
        // Likewise.
      }
      await pause(100);
    }
  }

  async #watch(
    duration: number,
  ): Promise<{ memory: number[]; files: number[] }> {
    const memory: number[] = [];
    const files: number[] = [];
    const pid = this.#server?.pid ?? 0;
    for (let n = 0; n < 20; n++) {
      await pause(duration / 20);
      const response = await fetch(`${this.url}/metrics`);
      const [, rss] = /^process_resident_memory_bytes (\d+)$/m.exec(
        await response.text(),
      ) ?? [];
      memory.push(Number(rss));
      if (Deno.build.os === "linux") files.push(await openFiles(pid));
    }
    return { memory, files };
  }
}

/** How many files a process has open. */
async function openFiles(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ls", {
    args: [`/proc/${pid}/fd`],
  }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").length;
}
