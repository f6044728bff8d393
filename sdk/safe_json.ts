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
  const writer = new JsonWriter();
  const text = writer.write(value, MAX_BYTES - 16, 0);
  if (text?.startsWith("{")) return { json: text, altered: writer.altered };
  return { json: text === null ? "{}" : `{"value":${text}}`, altered: true };
}

class JsonWriter {
  altered = false;
  readonly #open: object[] = [];
  #skipped = 0;

  /**
   * @param room The bytes that the text may take.
   * @returns Null when there is nothing to write or no room.
   */
  write(value: unknown, room: number, depth: number): string | null {
    switch (typeof value) {
      case "string":
        return this.#string(value, room);
      case "number":
        return this.#fit(Number.isFinite(value) ? String(value) : "null", room);
      case "boolean":
        return this.#fit(String(value), room);
      case "bigint":
        return this.#replace(bigintText(value), room);
      case "undefined":
        return null;
      case "object":
        if (value === null) return this.#fit("null", room);
        return this.#object(value, room, depth);
      default:
        this.altered = true;
        return null;
    }
  }

  #object(value: object, room: number, depth: number): string | null {
    if (this.#open.includes(value)) return this.#replace("[circular]", room);
    if (depth >= MAX_DEPTH) return this.#replace("[too deep]", room);
    this.#open.push(value);
    try {
      const plain = unwrap(value);
      if (plain !== value) {
        if (value instanceof Error) this.altered = true;
        return this.write(plain, room, depth + 1);
      }
      return Array.isArray(value)
        ? this.#list(value, room, depth)
        : this.#entries(value, room, depth);
    } catch {
      return this.#replace("[unreadable]", room);
    } finally {
      this.#open.pop();
    }
  }

  #list(list: readonly unknown[], room: number, depth: number): string | null {
    if (room < 2) return this.#cut();
    const parts: string[] = [];
    let left = room - 2;
    for (let i = 0; i < list.length; i++) {
      const part = this.write(this.#read(list, i), left - 1, depth + 1) ??
        this.#fit("null", left - 1);
      if (part === null) break;
      left -= utf8Length(part) + 1;
      parts.push(part);
    }
    return `[${parts.join(",")}]`;
  }

  #entries(value: object, room: number, depth: number): string | null {
    if (room < 2) return this.#cut();
    const parts: string[] = [];
    let left = room - 2;
    for (const key of keysOf(value)) {
      if (left < 8 || this.#skipped >= MAX_SKIPPED) {
        this.altered = true;
        break;
      }
      const name = this.#string(key, left - 2);
      if (name === null) break;
      const rest = left - utf8Length(name) - 2;
      const part = this.write(this.#read(value, key), rest, depth + 1);
      if (part === null) {
        this.#skipped++;
        continue;
      }
      left = rest - utf8Length(part);
      parts.push(`${name}:${part}`);
    }
    return `{${parts.join(",")}}`;
  }

  #read(target: object, key: string | number): unknown {
    try {
      return Reflect.get(target, key);
    } catch {
      this.altered = true;
      return "[unreadable]";
    }
  }

  /** A string, cut until it fits. */
  #string(value: string, room: number): string | null {
    // No unit takes less than a byte: the rest could not fit anyway.
    let text = wellFormed(value.length > room ? value.slice(0, room) : value);
    if (text.length !== value.length || text !== value) this.altered = true;
    let json = JSON.stringify(text);
    // Each turn at least halves what is too much.
    while (utf8Length(json) > room) {
      if (text.length <= 1) return this.#cut();
      this.altered = true;
      text = wellFormed(text.slice(0, Math.floor(text.length / 2)));
      json = JSON.stringify(text);
    }
    return json;
  }

  #replace(text: string, room: number): string | null {
    this.altered = true;
    return this.#string(text, room);
  }

  #fit(json: string, room: number): string | null {
    return json.length <= room ? json : this.#cut();
  }

  #cut(): null {
    this.altered = true;
    return null;
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
