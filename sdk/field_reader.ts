import { isObject, isWithin } from "../engine/demand.ts";
import { cutToBytes, wellFormed } from "../engine/text.ts";
import { bigintText } from "./bigint_text.ts";

/**
 * Reads the fields of one record from what the host gave, whatever that is,
 * and remembers which could not be taken as they were. No method throws.
 */
export class FieldReader {
  /** The names of fields of which something was replaced, cut or left out. */
  readonly altered = new Set<string>();
  #name = "";

  /** Names the field that is read next. */
  at(name: string): this {
    this.#name = name;
    return this;
  }

  /** The field could not be taken as it is. */
  alter(): void {
    this.altered.add(this.#name);
  }

  /** A property of anything, or undefined; names the field. */
  read(source: unknown, key: string): unknown {
    this.#name = key;
    if (!isObject(source)) return undefined;
    try {
      return Reflect.get(source, key);
    } catch {
      this.alter();
      return undefined;
    }
  }

  /** A number between two others, both included, or null. */
  number(value: unknown, min: number, max: number): number | null {
    if (value === undefined || value === null) return null;
    if (isWithin(value, min, max)) return value;
    this.alter();
    return null;
  }

  /** A whole number from 0 to a limit, or null. */
  count(value: unknown, max: number): number | null {
    const number = this.number(value, 0, max);
    if (number === null || Number.isInteger(number)) return number;
    this.alter();
    return null;
  }

  /** A text of no more than so many UTF-16 code units, or null. */
  text(value: unknown, maxChars: number): string | null {
    if (value === undefined || value === null) return null;
    const given = this.#show(value);
    const text = wellFormed(given.slice(0, maxChars));
    if (text !== given) this.alter();
    return text;
  }

  /** A text of so many bytes as UTF-8 at the most, and of one at the least. */
  name(value: unknown, maxBytes: number): string {
    const given = this.text(value, maxBytes) ?? "";
    const text = cutToBytes(given, maxBytes) || "[unnamed]";
    if (text !== given) this.alter();
    return text;
  }

  /** A text; anything else as text, which for an error is name and message. */
  #show(value: unknown): string {
    if (typeof value === "string") return value;
    if (typeof value === "bigint") {
      this.alter();
      return bigintText(value);
    }
    try {
      if (!(value instanceof Error || typeof value === "number")) {
        this.alter();
      }
      const text: unknown = String(value);
      return typeof text === "string" ? text : "[unreadable]";
    } catch {
      this.alter();
      return "[unreadable]";
    }
  }
}
