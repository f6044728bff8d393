import { utf8Length } from "../../engine/text.ts";
import type { QueuedRecord, RecordBuffer } from "./record_buffer.ts";
import { toText } from "./to_text.ts";

/** What a batch adds to a record: its time, and a comma. */
const FRAME_BYTES = 50;

/** A buffer in memory that drops its oldest records rather than grow without bound. */
export class RecordQueue implements RecordBuffer {
  readonly kept = 0;
  readonly #maxRecords: number;
  readonly #maxChars: number;
  #records: QueuedRecord[] = [];
  #head = 0;
  #taken = 0;
  /** Whether records may have to wait for long: they are made text then. */
  #frugal = false;
  #chars = 0;

  /**
   * @param maxRecords How many records may wait or be on their way.
   * @param maxChars How long the JSON of those that wait may be in all, in
   * UTF-16 code units.
   */
  constructor(maxRecords: number, maxChars: number) {
    this.#maxRecords = maxRecords;
    this.#maxChars = maxChars;
  }

  get size(): number {
    return this.#records.length - this.#head;
  }

  get pending(): number {
    return this.size + this.#taken;
  }

  get chars(): number {
    return this.#chars;
  }

  push(record: QueuedRecord): number {
    const kept = this.#frugal ? toText(record) : record;
    this.#records.push(kept);
    this.#chars += charsOf(kept);
    return this.#trim();
  }

  take(maxRecords: number, maxBytes: number): QueuedRecord[] {
    const taken: QueuedRecord[] = [];
    let bytes = 0;
    while (taken.length < maxRecords) {
      const record = this.#records[this.#head];
      if (record === undefined) break;
      bytes += utf8Length(record.json) + FRAME_BYTES;
      if (taken.length > 0 && bytes > maxBytes) break;
      taken.push(record);
      this.#chars -= charsOf(record);
      this.#head++;
    }
    this.#taken += taken.length;
    this.#compact();
    return taken;
  }

  putBack(records: readonly QueuedRecord[]): number {
    this.#frugal = true;
    this.#records = [...records, ...this.#records.slice(this.#head)]
      .map(toText);
    this.#head = 0;
    this.#taken -= records.length;
    this.#chars = 0;
    for (const record of this.#records) this.#chars += charsOf(record);
    return this.#trim();
  }

  settle(records: readonly QueuedRecord[]): void {
    this.#taken -= records.length;
    this.#frugal = false;
  }

  release(): number {
    const { size } = this;
    this.#records = [];
    this.#head = 0;
    this.#chars = 0;
    return size;
  }

  #trim(): number {
    let dropped = 0;
    while (
      this.size > 0 &&
      (this.pending > this.#maxRecords || this.#chars > this.#maxChars)
    ) {
      const oldest = this.#records[this.#head];
      if (oldest !== undefined) this.#chars -= charsOf(oldest);
      this.#head++;
      dropped++;
    }
    this.#compact();
    return dropped;
  }

  /** Frees what lies before the head, at a cost that is constant per record. */
  #compact(): void {
    if (this.#head < 1000 || this.#head * 2 < this.#records.length) return;
    this.#records = this.#records.slice(this.#head);
    this.#head = 0;
  }
}

function charsOf(record: QueuedRecord): number {
  return record.chars ?? record.json.length;
}
