import process from "node:process";
import { errorText } from "../http/connection.ts";
import type {
  QueuedRecord,
  RecordBuffer,
  SpoolHost,
} from "../http/record_buffer.ts";
import { recordQueue } from "../http/record_queue.ts";
import { unrefTimer } from "../http/timer.ts";
import { toText } from "../http/to_text.ts";
import { type Segment, SpooledRecord } from "./segment.ts";
import { SpoolDisk, type SpoolLimits } from "./spool_disk.ts";

/** Buffers to be released when the process ends. */
const live = new Set<SpoolBuffer>();
let hooked = false;

/**
 * Records on the disk, and the oldest of them in memory as well.
 *
 * While memory has room, each record is both in memory and in the active
 * segment, which is emptied when all of them are settled. When memory is
 * full, records go to segments alone; these come to memory one by one, in
 * their order, and so do the segments of earlier processes.
 *
 * A segment is sent as a whole after a crash, what was settled of it as well:
 * the server knows records by their ids.
 */
export class SpoolBuffer implements RecordBuffer {
  readonly #host: SpoolHost;
  readonly #disk: SpoolDisk;
  readonly #memory = recordQueue(Infinity, Infinity);
  #loading = false;
  #waiting = 0;
  #kept = 0;
  #timer: ReturnType<typeof setInterval> | null = null;
  #claiming = false;
  #failing = false;

  constructor(directory: string, limits: SpoolLimits, host: SpoolHost) {
    this.#host = host;
    // So that a segment has room in half of memory.
    const segmentRecords = Math.ceil(host.maxRecords / 2);
    this.#disk = new SpoolDisk(directory, limits, segmentRecords);
    this.#start();
  }

  get size(): number {
    return this.#memory.size + this.#waiting;
  }

  get pending(): number {
    return this.#memory.pending + this.#waiting;
  }

  get chars(): number {
    return this.#memory.chars;
  }

  get kept(): number {
    return this.#kept;
  }

  push(given: QueuedRecord): number {
    const record = toText(given);
    this.#start();
    const { maxRecords, maxChars } = this.#host;
    const full = this.#memory.pending >= maxRecords ||
      this.#memory.chars >= maxChars;
    const spill = full || this.#loading || this.#disk.hasSpilled;
    let dropped = 0;
    let segment: Segment | null = null;
    try {
      dropped = this.#disk.makeRoom();
      segment = this.#disk.write(record, spill);
      this.#failing = false;
    } catch (error) {
      this.#failed("write", error);
    }
    this.#waiting -= dropped;
    if (segment !== null && spill) this.#waiting++;
    // Neither on the disk nor in memory.
    else if (full) return dropped + 1;
    else {
      this.#memory.push(
        segment === null ? record : new SpooledRecord(record, segment),
      );
    }
    return dropped;
  }

  async load(): Promise<void> {
    const { maxRecords, maxChars } = this.#host;
    if (
      this.#memory.pending > maxRecords / 2 || this.#memory.chars > maxChars / 2
    ) return;
    const segment = this.#disk.next();
    if (segment === null) return;
    this.#loading = true;
    this.#waiting -= segment.records;
    try {
      const { records, damaged } = await segment.read();
      for (const record of records) {
        this.#memory.push(new SpooledRecord(record, segment));
      }
      if (damaged > 0) this.#damaged(damaged, segment);
      if (records.length === 0) this.#disk.remove(segment);
    } catch (error) {
      this.#kept += segment.records;
      this.#failed("read", error);
    }
    this.#loading = false;
  }

  take(maxRecords: number, maxBytes: number): QueuedRecord[] {
    return this.#memory.take(maxRecords, maxBytes);
  }

  putBack(records: readonly QueuedRecord[]): number {
    return this.#memory.putBack(records);
  }

  settle(records: readonly QueuedRecord[]): void {
    this.#memory.settle(records);
    for (const record of records) {
      if (!(record instanceof SpooledRecord)) continue;
      this.#try(() => this.#disk.settle(record.segment));
    }
  }

  release(): number {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    live.delete(this);
    const records = this.#leave();
    this.#disk.lease.release();
    const lost = records.filter((record) => !(record instanceof SpooledRecord));
    this.#kept += records.length - lost.length;
    return lost.length;
  }

  /** Begins to keep the lease, and to look for what earlier processes left. */
  #start(): void {
    if (this.#timer !== null) return;
    // What was kept is found again.
    this.#kept = 0;
    this.#timer = setInterval(() => this.#beat(), this.#disk.lease.beatMs);
    unrefTimer(this.#timer);
    live.add(this);
    if (!hooked) {
      hooked = true;
      process.on("exit", () => live.forEach((buffer) => buffer.release()));
    }
    this.#beat();
  }

  #beat(): void {
    this.#disk.sync();
    if (!this.#disk.lease.keep()) {
      // Another client took the directory: what is in memory moves.
      for (const { kind, json, micros } of this.#leave()) {
        this.push({ kind, json, micros });
      }
    }
    if (!this.#claiming) void this.#claim();
  }

  async #claim(): Promise<void> {
    this.#claiming = true;
    try {
      if (await this.#disk.claim()) {
        this.#waiting = this.#disk.waiting;
        this.#host.onFound();
      }
    } catch (error) {
      this.#failed("read", error);
    }
    this.#claiming = false;
  }

  /**
   * Leaves the files to another client.
   *
   * @returns What was in memory.
   */
  #leave(): QueuedRecord[] {
    const records = this.#memory.take(Infinity, Infinity);
    this.#memory.settle(records);
    this.#kept += this.#waiting;
    this.#waiting = 0;
    this.#try(() => this.#disk.leave());
    return records;
  }

  #try(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#failed("write", error);
    }
  }

  #damaged(count: number, { path }: Segment): void {
    this.#host.report({
      code: "spool_damaged",
      message:
        `${count} lines of ${path} are torn or spoilt, and were left out`,
      count,
    });
  }

  /** Reports a fault once, until the disk works again. */
  #failed(action: "read" | "write", error: unknown): void {
    if (this.#failing) return;
    this.#failing = true;
    this.#host.report({
      code: "spool_failed",
      message: `The spool cannot ${action}: ${errorText(error)}`,
      count: 0,
      cause: error,
    });
  }
}
