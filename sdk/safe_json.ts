import { utf8Length, wellFormed } from "../engine/text.ts";
import { bigintText } from "./bigint_text.ts";

/** JSON text that anything could be turned into. */
export interface SafeJson {
  readonly json: string;
  /** Whether something was replaced, cut or left out. */
  readonly altered: boolean;
}

/** The server takes 32 KiB of JSON in one field. */
const MAX_BYTES = 32 * 1024;
const MAX_DEPTH = 32;
/** Values that leave nothing to write, and so would go on without end. */
const MAX_SKIPPED = 1_000;

/**
 * Turns a value that should be a JSON object into the text of one, whatever
 * it is: never throws, never gives more than 32 KiB, and reads little more
 * than what has room. What it cannot help is the time of the value's own code,
 * and of listing the keys of an object that has very many.
 *
 * As `JSON.stringify`, it asks `toJSON` and writes NaN as null. What that
 * cannot write becomes text (a BigInt its digits, one of more than 1,000
 * `[too large]`, an error its message, what cannot be read `[unreadable]`,
 * what holds itself `[circular]`, what is more than 32 levels deep
 * `[too deep]`) or is left out (functions and symbols). What has no room is
 * cut, and so is what comes after 1,000 values that were left out.
 *
 * @param value Null and undefined give `{}`; what is no object is put under
 * the key `value`.
 *
 * @example
 * ```ts
 * import { safeJson } from "./safe_json.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(safeJson({ tier: "pro" }), {
 *   json: '{"tier":"pro"}',
 *   altered: false,
 * });
 * assert.deepEqual(safeJson({ big: 10n }), {
 *   json: '{"big":"10"}',
 *   altered: true,
 * });
 * ```
 */
export function safeJson(value: unknown): SafeJson {
  if (value === undefined || value === null) {
    return { json: "{}", altered: false };
  }
  let altered = false;
  /** The bytes that are left. */
  let room = MAX_BYTES - 16;
  let skipped = 0;
  /** The objects that are being written. */
  const open: object[] = [];

  const text = write(value);
  if (text?.startsWith("{")) return { json: text, altered };
  return { json: text === null ? "{}" : `{"value":${text}}`, altered: true };

  /** Null when there is nothing to write, or no room. */
  function write(value: unknown): string | null {
    switch (typeof value) {
      case "string":
        return putText(value);
      case "bigint":
        return replace(bigintText(value));
      case "object":
        return value === null ? put("null") : writeObject(value);
      case "number":
      case "boolean":
        return put(JSON.stringify(value));
      default:
        if (value !== undefined) altered = true;
        return null;
    }
  }

  function writeObject(value: object): string | null {
    if (open.includes(value)) return replace("[circular]");
    if (open.length >= MAX_DEPTH) return replace("[too deep]");
    const before = room;
    open.push(value);
    try {
      const plain = unwrap(value);
      if (plain !== value) {
        if (value instanceof Error) altered = true;
        return write(plain);
      }
      const isList = Array.isArray(value);
      const parts: string[] = [];
      room -= 2;
      for (const key of isList ? value.keys() : keysOf(value)) {
        const start = room;
        if (room < 8 || skipped >= MAX_SKIPPED) {
          altered = true;
          break;
        }
        const name = isList ? "" : putText(String(key));
        if (name === null) break;
        // Comma and colon.
        room -= 2;
        const part = write(read(value, key)) ?? (isList ? put("null") : null);
        if (part !== null) parts.push(isList ? part : `${name}:${part}`);
        else if (isList) break;
        else {
          skipped++;
          room = start;
        }
      }
      return isList ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
    } catch {
      room = before;
      return replace("[unreadable]");
    } finally {
      open.pop();
    }
  }

  function read(target: object, key: PropertyKey): unknown {
    try {
      return Reflect.get(target, key);
    } catch {
      altered = true;
      return "[unreadable]";
    }
  }

  /** A text, cut until it fits. */
  function putText(value: string): string | null {
    // No unit takes less than a byte: the rest could not fit anyway.
    let text = wellFormed(value.slice(0, Math.max(room, 0)));
    let json = JSON.stringify(text);
    // Each turn at least halves what is too much.
    while (utf8Length(json) > room && text.length > 1) {
      text = wellFormed(text.slice(0, text.length >> 1));
      json = JSON.stringify(text);
    }
    if (text !== value) altered = true;
    return put(json);
  }

  function replace(text: string): string | null {
    altered = true;
    return putText(text);
  }

  function put(json: string): string | null {
    const bytes = utf8Length(json);
    if (bytes > room) {
      altered = true;
      return null;
    }
    room -= bytes;
    return json;
  }
}

/** The keys of an object; no more of them than there can be room for. */
function keysOf(value: object): Iterable<string> {
  // To list the indices of a large buffer takes seconds.
  return ArrayBuffer.isView(value) && value.byteLength > MAX_BYTES
    ? Array.from({ length: MAX_BYTES }, (_, index) => String(index))
    : Object.keys(value);
}

/** What `toJSON` gives, or an error's message, or the value itself. */
function unwrap(value: object): unknown {
  const toJson: unknown = Reflect.get(value, "toJSON");
  if (typeof toJson === "function") return toJson.call(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return value;
}
