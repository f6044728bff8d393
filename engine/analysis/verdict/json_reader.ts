import type { JsonObject } from "../../records.ts";

/** A verdict file that cannot be read: says where, and what was required. */
export class VerdictFileError extends Error {
  override readonly name = "VerdictFileError";
}

/** Reads a JSON value that may be anything, and says where it is wrong. */
export class JsonReader {
  readonly #value: unknown;
  readonly #path: string;

  /** @param path Names the value in messages. */
  constructor(value: unknown, path: string) {
    this.#value = value;
    this.#path = path;
  }

  /** The reader of a field; a field that is not there reads as undefined. */
  at(field: string): JsonReader {
    const object = this.object();
    return new JsonReader(
      Object.hasOwn(object, field) ? object[field] : undefined,
      `${this.#path}.${field}`,
    );
  }

  isNull(): boolean {
    return this.#value === null;
  }

  object(): JsonObject {
    return isObject(this.#value) ? this.#value : this.fail("an object");
  }

  list(): JsonReader[] {
    return Array.isArray(this.#value)
      ? this.#value.map((each, place) =>
        new JsonReader(each, `${this.#path}[${place}]`)
      )
      : this.fail("a list");
  }

  string(): string {
    return typeof this.#value === "string"
      ? this.#value
      : this.fail("a string");
  }

  number(): number {
    return typeof this.#value === "number"
      ? this.#value
      : this.fail("a number");
  }

  /** A number that counts something. */
  count(): number {
    const value = this.number();
    return Number.isSafeInteger(value) && value >= 0
      ? value
      : this.fail("an integer from 0");
  }

  /** An integer of any size, as a decimal string. */
  integer(): bigint {
    const text = this.#value;
    return typeof text === "string" && /^-?\d{1,1000}$/.test(text)
      ? BigInt(text)
      : this.fail("an integer as a decimal string");
  }

  /** An object that has an integer under each of the names. */
  integers<N extends string>(
    names: readonly N[],
  ): { readonly [name in N]: bigint } {
    const read = Object.fromEntries(
      names.map((name) => [name, this.at(name).integer()]),
    );
    return isComplete(read, names) ? read : this.fail("all integers");
  }

  /** @throws {VerdictFileError} Always. */
  fail(required: string): never {
    throw new VerdictFileError(
      `${this.#path} must be ${required}, got ${shown(this.#value)}`,
    );
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isComplete<N extends string>(
  read: { readonly [name: string]: bigint },
  names: readonly N[],
): read is { readonly [name in N]: bigint } {
  return names.every((name) => Object.hasOwn(read, name));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
