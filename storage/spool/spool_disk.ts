import * as fs from "node:fs";
import { dirname, join } from "node:path";
import type { QueuedRecord } from "../http/record_buffer.ts";
import { Lease } from "./lease.ts";
import { Segment } from "./segment.ts";
import { formatLine } from "./spool_line.ts";

const MAX_SEGMENT_BYTES = 1024 * 1024;

/** How a spool keeps its files. */
export interface SpoolLimits {
  /** How long all files may be together. */
  readonly maxBytes: number;
  /** How long a directory is left alone that nobody touches. */
  readonly leaseMs: number;
}

/**
 * The files of one client: one that is written to, and closed ones whose
 * records are in memory ("loaded"), or on the disk alone ("spilled").
 *
 * What fails here throws, and leaves the rest as it was.
 */
export class SpoolDisk {
  readonly lease: Lease;
  readonly #maxBytes: number;
  readonly #maxRecords: number;
  #active: Segment | null = null;
  /** Whether the active segment's records are on the disk alone. */
  #spilling = false;
  /** Oldest first. */
  #spilled: Segment[] = [];
  readonly #loaded = new Set<Segment>();
  #made = 0;

  /** @param maxRecords How many records a segment may hold. */
  constructor(
    directory: string,
    { maxBytes, leaseMs }: SpoolLimits,
    maxRecords: number,
  ) {
    this.lease = new Lease(directory, leaseMs);
    this.#maxBytes = maxBytes;
    this.#maxRecords = maxRecords;
  }

  /** How many records are on the disk alone. */
  get waiting(): number {
    let records = this.#spilling ? this.#active?.records ?? 0 : 0;
    for (const segment of this.#spilled) records += segment.records;
    return records;
  }

  /** Whether there are any. */
  get hasSpilled(): boolean {
    return this.#spilled.length > 0 ||
      (this.#spilling && this.#active !== null);
  }

  /** @param spill Whether the record is not in memory as well. */
  write(record: QueuedRecord, spill: boolean): Segment {
    const active = this.#active;
    if (
      active !== null &&
      (spill !== this.#spilling || active.bytes >= MAX_SEGMENT_BYTES ||
        active.records >= this.#maxRecords)
    ) this.#rotate();
    if (this.#bytes >= this.#maxBytes) {
      throw new Error(`all ${this.#maxBytes} bytes are in use`);
    }
    this.#spilling = spill;
    this.#active ??= this.#create();
    this.#active.append(formatLine(record));
    return this.#active;
  }

  /** @returns How many of the oldest records on the disk alone were dropped. */
  makeRoom(): number {
    let dropped = 0;
    while (this.#bytes >= this.#maxBytes) {
      const oldest = this.#spilled.shift();
      if (oldest === undefined) break;
      dropped += oldest.records;
      this.remove(oldest);
    }
    return dropped;
  }

  /** The oldest segment on the disk alone, which comes to memory now. */
  next(): Segment | null {
    if (this.#spilled.length === 0 && this.#spilling) this.#rotate();
    const segment = this.#spilled.shift();
    if (segment === undefined) return null;
    this.#loaded.add(segment);
    return segment;
  }

  /** A record of a segment has met its end. */
  settle(segment: Segment): void {
    if (--segment.unsettled > 0) return;
    if (segment === this.#active) segment.clear();
    else this.remove(segment);
  }

  remove(segment: Segment): void {
    this.#loaded.delete(segment);
    segment.remove();
    const { path } = this.lease;
    if (path === null) return;
    // What was claimed lies deeper.
    let directory = dirname(segment.path);
    while (directory.length > path.length && directory.startsWith(path)) {
      if (!removeEmpty(directory)) return;
      directory = dirname(directory);
    }
  }

  /** Asks the system to bring what was written to the disk itself. */
  sync(): void {
    this.#active?.sync();
  }

  /**
   * Takes over what clients left that are gone.
   *
   * @returns Whether there was anything.
   */
  async claim(): Promise<boolean> {
    const found: Segment[] = [];
    for (const path of await this.lease.claim()) {
      const owner = this.lease.path;
      const text = await fs.promises.readFile(path);
      // Given up meanwhile: the next client finds them all.
      if (owner === null || owner !== this.lease.path) return false;
      let records = 0;
      for (const byte of text) if (byte === 10) records++;
      const segment = new Segment(path, { records, bytes: text.length });
      if (text.length === 0) this.remove(segment);
      else found.push(segment);
    }
    // They are older than what is there.
    this.#spilled.unshift(...found);
    return found.length > 0;
  }

  /** Leaves all files as they are, for another client. */
  leave(): void {
    const active = this.#active;
    this.#active = null;
    this.#spilled = [];
    this.#loaded.clear();
    if (active === null) return;
    if (active.records === 0) this.remove(active);
    else active.close();
  }

  get #bytes(): number {
    let bytes = this.#active?.bytes ?? 0;
    for (const segment of this.#spilled) bytes += segment.bytes;
    for (const segment of this.#loaded) bytes += segment.bytes;
    return bytes;
  }

  #create(): Segment {
    const name = `${String(++this.#made).padStart(8, "0")}.ndjson`;
    return new Segment(join(this.lease.take(), name));
  }

  /** Closes the active segment. */
  #rotate(): void {
    const segment = this.#active;
    if (segment === null) return;
    this.#active = null;
    segment.close();
    if (this.#spilling) this.#spilled.push(segment);
    else if (segment.unsettled > 0) this.#loaded.add(segment);
    else this.remove(segment);
  }
}

function removeEmpty(directory: string): boolean {
  try {
    fs.rmdirSync(directory);
    return true;
  } catch {
    return false;
  }
}
