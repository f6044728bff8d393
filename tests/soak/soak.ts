import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { runTask } from "../processes/run_task.ts";
import { startServer } from "../processes/start_server.ts";
import type { RunningServer } from "../processes/start_server.ts";
import { SmallDisk } from "../survive/small_disk.ts";
import { batchOf } from "./soak_batch.ts";

/** How to soak a server. */
export interface SoakOptions {
  /** Where its data is; made by the caller. */
  readonly directory: string;
  /** Milliseconds with faults; a fifth of it is added without. */
  readonly duration: number;
  /** Clients that send. */
  readonly writers: number;
  /** Told of what happens. */
  readonly say: (text: string) => void;
}

/** What came of it. */
export interface SoakResult {
  /** Batches that were acknowledged; each was sent until it was. */
  readonly batches: number;
  /** Requests that were not answered, or with 503. */
  readonly failures: number;
  readonly faults: { readonly [name: string]: number };
  readonly backups: number;
  /** Resident bytes of the last server, while it was left alone. */
  readonly memory: readonly number[];
  /** Its open files, likewise. */
  readonly files: readonly number[];
}

const MIB = 1024 * 1024;
/** Beyond what a run can write. */
const ROOM = 2048 * MIB;

/** Writes, reads, and breaks a server, for a time; leaves its data. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { directory, duration, writers, say } = options;
  const disk = SmallDisk.available ? await SmallDisk.mount(ROOM) : null;
  const path = join(directory, "data.kv");
  // Of a full disk only the database is to know: backups go elsewhere.
  const data = disk === null ? path : join(disk.path, "data.kv");
  try {
    const run = new Run(data, say);
    const result = await run.run(duration, writers, disk);
    if (disk !== null) await Deno.copyFile(data, path);
    return result;
  } finally {
    await disk?.[Symbol.asyncDispose]();
  }
}

class Run {
  readonly #path: string;
  readonly #say: (text: string) => void;
  readonly #port: number;
  #server: RunningServer | null = null;
  #stopping = false;
  #batches = 0;
  #failures = 0;
  #backups = 0;
  readonly #faults: { [name: string]: number } = {};

  constructor(path: string, say: (text: string) => void) {
    this.#path = path;
    this.#say = say;
    // The same for each start, as clients know it.
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#port = listener.addr.port;
    listener.close();
  }

  async run(
    duration: number,
    writers: number,
    disk: SmallDisk | null,
  ): Promise<SoakResult> {
    await this.#start();
    const end = performance.now() + duration;
    const work = [
      ...Array.from({ length: writers }, (_, n) => this.#write(n)),
      this.#read("/api/v1/flags"),
      this.#read("/flags/soak"),
      this.#read("/metrics"),
    ];
    const faults = this.#faultsWith(disk);
    for (let n = 0; performance.now() < end; n++) {
      await pause(Math.min(3000, duration / 8));
      const [name, fault] = faults[n % faults.length] ?? ["", () => pause(0)];
      this.#faults[name] = (this.#faults[name] ?? 0) + 1;
      this.#say(`${this.#batches} batches; now: ${name}`);
      await fault();
    }
    this.#say("now: nothing");
    const { memory, files } = await this.#watch(duration / 5);
    this.#stopping = true;
    await Promise.all(work);
    await this.#server?.stop("SIGTERM");
    return {
      batches: this.#batches,
      failures: this.#failures,
      faults: this.#faults,
      backups: this.#backups,
      memory,
      files,
    };
  }

  #faultsWith(disk: SmallDisk | null): [string, () => Promise<void>][] {
    const restart = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
      await this.#server?.stop(signal);
      await this.#start();
    };
    const faults: [string, () => Promise<void>][] = [
      ["kill -9", () => restart("SIGKILL")],
      ["backup", () => this.#backUp()],
      ["locked database", () => this.#lock()],
      ["SIGTERM", () => restart("SIGTERM")],
    ];
    if (disk !== null) {
      faults.push(["full disk", async () => {
        const { size } = await Deno.stat(this.#path);
        disk.remount(`size=${Math.ceil((size + 6 * MIB) / 4096) * 4096}`);
        await pause(2000);
        disk.remount(`size=${ROOM}`);
      }]);
    }
    return faults;
  }

  async #start(): Promise<void> {
    this.#server = await startServer(this.#path, {
      port: this.#port,
      quiet: true,
    });
  }

  /** Sends batch after batch, each until it is acknowledged. */
  async #write(writer: number): Promise<void> {
    for (let n = 0; !this.#stopping; n++) {
      const body = JSON.stringify(batchOf(writer, n));
      while (!await this.#send(body)) await pause(50);
      this.#batches++;
    }
  }

  async #send(body: string): Promise<boolean> {
    try {
      const response = await fetch(
        `http://127.0.0.1:${this.#port}/api/v1/ingest`,
        { method: "POST", body, signal: AbortSignal.timeout(20_000) },
      );
      await response.body?.cancel();
      if (response.status === 200) return true;
    } catch {
      // It was killed, or is not back yet.
    }
    this.#failures++;
    return false;
  }

  async #read(path: string): Promise<void> {
    while (!this.#stopping) {
      try {
        const response = await fetch(`http://127.0.0.1:${this.#port}${path}`);
        await response.body?.cancel();
      } catch {
        // Likewise.
      }
      await pause(100);
    }
  }

  async #backUp(): Promise<void> {
    const copy = await Deno.makeTempDir({ prefix: "modelab_soak_" });
    try {
      const file = join(copy, "backup.kv");
      const ended = await runTask(
        "backup.ts",
        this.#path,
        ["backup", file],
        [file],
      );
      if (ended.code !== 0) throw new Error(`A backup: ${ended.stderr}`);
      this.#backups++;
    } finally {
      await Deno.remove(copy, { recursive: true });
    }
  }

  async #lock(): Promise<void> {
    const other = new DatabaseSync(this.#path);
    try {
      other.exec("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE");
      await pause(1500);
      other.exec("COMMIT");
    } finally {
      other.close();
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
      const response = await fetch(`http://127.0.0.1:${this.#port}/metrics`);
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

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
