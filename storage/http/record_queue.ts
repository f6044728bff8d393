import type { RecordKind } from "../../engine/records.ts";

/** A record that waits to be sent. */
export interface QueuedRecord {
  /** The list of a batch in which it goes. */
  readonly kind: RecordKind;
  /** The record as JSON, without its time: `{"assignment_id":"…",…}`. */
  readonly json: string;
  /** When it was made, in microseconds since 1970-01-01 UTC. */
  readonly micros: number;
}

/** A queue that drops its oldest records rather than grow without bound. */
export class RecordQueue {
  readonly #maxRecords: number;
  readonly #maxChars: number;
  #records: QueuedRecord[] = [];
  #head = 0;
  #chars = 0;

  /**
   * @param maxRecords How many records may wait.
   * @param maxChars How long their JSON may be in all, in UTF-16 code units.
   */
  constructor(maxRecords: number, maxChars: number) {
    this.#maxRecords = maxRecords;
    this.#maxChars = maxChars;
  }

  /** How many records wait. */
  get size(): number {
    return this.#records.length - this.#head;
  }

  /**
   * Adds the latest record.
   *
   * @param reserved Records that are on their way and may come back.
   * @returns How many of the oldest were dropped to make room.
   */
  push(record: QueuedRecord, reserved = 0): number {
    this.#records.push(record);
    this.#chars += record.json.length;
    return this.#trim(reserved);
  }

  /** Takes the oldest records out: at least one, if there is any. */
  take(maxRecords: number, maxChars: number): QueuedRecord[] {
    const taken: QueuedRecord[] = [];
    let chars = 0;
    while (taken.length < maxRecords) {
      const record = this.#records[this.#head];
      if (record === undefined) break;
      chars += record.json.length;
      if (taken.length > 0 && chars > maxChars) break;
      taken.push(record);
      this.#chars -= record.json.length;
      this.#head++;
    }
    this.#compact();
    return taken;
  }

  /**
   * Puts records that were taken back where they were.
   *
   * @returns How many of the oldest were dropped because others came meanwhile.
   */
  putBack(records: readonly QueuedRecord[]): number {
    this.#records = [...records, ...this.#records.slice(this.#head)];
    this.#head = 0;
    for (const { json } of records) this.#chars += json.length;
    return this.#trim(0);
  }

  /** Empties the queue and says how many records that were. */
  clear(): number {
    const size = this.size;
    this.#records = [];
    this.#head = 0;
    this.#chars = 0;
    return size;
  }

  #trim(reserved: number): number {
    let dropped = 0;
    while (
      this.size > 0 &&
      (this.size + reserved > this.#maxRecords || this.#chars > this.#maxChars)
    ) {
      this.#chars -= this.#records[this.#head]?.json.length ?? 0;
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
