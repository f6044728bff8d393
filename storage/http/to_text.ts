import type { QueuedRecord } from "./record_buffer.ts";

/**
 * The record as text in one piece, for a wait that may be long. A text that
 * was cut out of another one, say a user id out of a request's body, holds on
 * to all of that.
 *
 * @example
 * ```ts
 * import { toText } from "./to_text.ts";
 * import assert from "node:assert/strict";
 *
 * const late = {
 *   kind: "events" as const,
 *   get json() {
 *     return '{"event_id":"e"}';
 *   },
 *   chars: 16,
 *   micros: 1,
 * };
 * assert.deepEqual(toText(late), {
 *   kind: "events",
 *   json: '{"event_id":"e"}',
 *   micros: 1,
 * });
 * ```
 */
export function toText(record: QueuedRecord): QueuedRecord {
  const { kind, json, micros, chars } = record;
  // Engines join the parts of a text to search it. To read one character does
  // not suffice: V8 finds that in a part, when both are compiled together.
  const joined = /}$/.test(json);
  return joined && chars === undefined ? record : { kind, json, micros };
}
