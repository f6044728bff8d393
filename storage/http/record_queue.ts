import { utf8Length } from "../../engine/text.ts";
import type { QueuedRecord, RecordBuffer } from "./record_buffer.ts";
import { toText } from "./to_text.ts";

/** What a batch adds to a record: its time, and a comma. */
const FRAME_BYTES = 50;

/**
 * A buffer in memory that drops its oldest records rather than grow without
 * bound.
 *
 * @param maxRecords How many records may wait or be on their way.
 * @param maxChars How long the JSON of those that wait may be in all, in
 * UTF-16 code units.
 */
export function recordQueue(
  maxRecords: number,
  maxChars: number,
): RecordBuffer {
  let records: QueuedRecord[] = [];
  let head = 0;
  let taken = 0;
  let chars = 0;
  /** Whether records may have to wait for long: they are made text then. */
  let frugal = false;

  const size = (): number => records.length - head;

  /** Takes out the oldest. */
  function shift(): QueuedRecord | undefined {
    const oldest = records[head];
    if (oldest === undefined) return undefined;
    chars -= charsOf(oldest);
    // Frees what lies before the head, at a cost that is constant per record.
    if (++head >= 1000 && head * 2 >= records.length) {
      records = records.slice(head);
      head = 0;
    }
    return oldest;
  }

  function trim(): number {
    let dropped = 0;
    while (size() + taken > maxRecords || chars > maxChars) {
      if (shift() === undefined) break;
      dropped++;
    }
    return dropped;
  }

  return {
    kept: 0,
    get size() {
      return size();
    },
    get pending() {
      return size() + taken;
    },
    get chars() {
      return chars;
    },
    push(record) {
      const kept = frugal ? toText(record) : record;
      records.push(kept);
      chars += charsOf(kept);
      return trim();
    },
    take(most, maxBytes) {
      const batch: QueuedRecord[] = [];
      let bytes = 0;
      while (batch.length < most) {
        const record = records[head];
        if (record === undefined) break;
        bytes += utf8Length(record.json) + FRAME_BYTES;
        if (batch.length > 0 && bytes > maxBytes) break;
        batch.push(record);
        shift();
      }
      taken += batch.length;
      return batch;
    },
    putBack(batch) {
      frugal = true;
      records = [...batch, ...records.slice(head)].map(toText);
      head = 0;
      taken -= batch.length;
      chars = records.reduce((sum, record) => sum + charsOf(record), 0);
      return trim();
    },
    settle(batch) {
      taken -= batch.length;
      frugal = false;
    },
    release() {
      const lost = size();
      records = [];
      head = 0;
      chars = 0;
      return lost;
    },
  };
}

function charsOf(record: QueuedRecord): number {
  return record.chars ?? record.json.length;
}
