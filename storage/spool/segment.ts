import * as fs from "node:fs";
import { utf8Length } from "../../engine/text.ts";
import type { QueuedRecord } from "../http/record_buffer.ts";
import { parseLines, type SpoolLines } from "./spool_line.ts";

/**
 * A file of a spool: written to its end, and removed when all of its records
 * are settled. What fails here throws.
 */
export class Segment {
  readonly path: string;
  /** How many records it holds. */
  records: number;
  /** How long it is. */
  bytes: number;
  /** How many of its records are in memory or on their way. */
  unsettled = 0;
  #file: number | null = null;
  #dirty = false;

  /** @param found What is known of a file that is there already. */
  constructor(path: string, found = { records: 0, bytes: 0 }) {
    this.path = path;
    this.records = found.records;
    this.bytes = found.bytes;
  }

  /** Adds a line, whole or not at all. */
  append(line: string): void {
    const length = utf8Length(line);
    this.#file ??= fs.openSync(this.path, "a", 0o600);
    const written = fs.writeSync(this.#file, line);
    if (written !== length) {
      // Half a line would spoil the next one as well.
      fs.ftruncateSync(this.#file, this.bytes);
      throw new Error(`${written} of ${length} bytes had room`);
    }
    this.bytes += length;
    this.records++;
    this.#dirty = true;
  }

  /** Asks the system to bring what was written to the disk itself. */
  sync(): void {
    if (this.#file === null || !this.#dirty) return;
    this.#dirty = false;
    fs.fdatasync(this.#file, () => {});
  }

  async read(): Promise<SpoolLines> {
    return parseLines(await fs.promises.readFile(this.path, "utf8"));
  }

  /** Empties a file that is still written to. */
  clear(): void {
    if (this.#file !== null) fs.ftruncateSync(this.#file, 0);
    this.records = 0;
    this.bytes = 0;
  }

  close(): void {
    if (this.#file !== null) fs.closeSync(this.#file);
    this.#file = null;
  }

  remove(): void {
    this.close();
    fs.rmSync(this.path, { force: true });
  }
}

/** A record that is also in a segment. */
export class SpooledRecord implements QueuedRecord {
  readonly kind: QueuedRecord["kind"];
  readonly json: string;
  readonly micros: number;
  readonly segment: Segment;

  constructor({ kind, json, micros }: QueuedRecord, segment: Segment) {
    this.kind = kind;
    this.json = json;
    this.micros = micros;
    this.segment = segment;
    segment.unsettled++;
  }
}
