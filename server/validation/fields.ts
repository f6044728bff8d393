import type { JsonObject } from "../../engine/records.ts";
import { parseTimestamp } from "../../engine/timestamp.ts";
import { keyBytes } from "../../storage/kv/key_bytes.ts";
import { invalid, valid } from "./field.ts";
import type { Checked, Field, JsonSchema } from "./field.ts";
import { LIMITS } from "./limits.ts";

const encoder = new TextEncoder();

/** An id or a name: not empty, and short enough for a key. */
export function name(description: string): Field<string> {
  const requirement = `a string of 1 to ${LIMITS.nameBytes} bytes in UTF-8`;
  return {
    required: true,
    schema: {
      type: "string",
      minLength: 1,
      maxLength: LIMITS.nameBytes,
      description: `${description} At most ${LIMITS.nameBytes} bytes in UTF-8.`,
    },
    check(value) {
      if (typeof value !== "string") return invalid(requirement, value);
      const text = value.toWellFormed();
      const bytes = keyBytes(text);
      if (bytes === 0) return invalid(requirement, value);
      if (bytes > LIMITS.nameBytes) {
        return { ok: false, message: `must be ${requirement}, got ${bytes}` };
      }
      return valid(text);
    },
  };
}

/** A flag's name: one that a URL can hold. */
export function flagName(description: string): Field<string> {
  const field = name(description);
  return {
    ...field,
    check(value) {
      // A path with such a segment never reaches the server.
      if (value === "." || value === "..") {
        return invalid('a name other than "." and ".."', value);
      }
      return field.check(value);
    },
  };
}

/** One of a few strings. */
export function oneOf<T extends string>(
  values: readonly T[],
  description: string,
): Field<T> {
  return {
    required: true,
    schema: { type: "string", enum: values, description },
    check(value) {
      const found = values.find((known) => known === value);
      return found === undefined
        ? invalid(values.map((known) => `"${known}"`).join(" or "), value)
        : valid(found);
    },
  };
}

/**
 * Who is assigned. Python programs use numbers, too: they count as their
 * decimal digits, which is what the Python client hashes.
 */
export function user(description: string): Field<string> {
  const requirement =
    `a string of up to ${LIMITS.userCharacters} characters, or an integer`;
  return {
    required: true,
    schema: {
      type: ["string", "integer"],
      maxLength: LIMITS.userCharacters,
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      description,
    },
    check(value) {
      if (Number.isSafeInteger(value)) return valid(String(value));
      if (typeof value !== "string" || value.length > LIMITS.userCharacters) {
        return invalid(requirement, value);
      }
      return valid(value.toWellFormed());
    },
  };
}

/** A number within bounds, or null where it is unknown. */
export function amount(
  most: number,
  description: string,
  { integer = false }: { readonly integer?: boolean } = {},
): Field<number | null> {
  const requirement = `${
    integer ? "an integer" : "a number"
  } from 0 to ${most}, or null`;
  return optional({
    schema: {
      type: [integer ? "integer" : "number", "null"],
      minimum: 0,
      maximum: most,
      description,
    },
    initial: null,
    check(value) {
      return typeof value === "number" && value >= 0 && value <= most &&
          (!integer || Number.isInteger(value))
        ? valid(value)
        : invalid(requirement, value);
    },
  });
}

/** Yes or no; no when it is missing. */
export function yesOrNo(description: string): Field<boolean> {
  return optional({
    schema: { type: ["boolean", "null"], description },
    initial: false,
    check(value) {
      return typeof value === "boolean"
        ? valid(value)
        : invalid("true or false", value);
    },
  });
}

/** A number on either side of zero, or null where there is none. */
export function number(
  most: number,
  description: string,
): Field<number | null> {
  return optional({
    schema: {
      type: ["number", "null"],
      description,
      minimum: -most,
      maximum: most,
    },
    initial: null,
    check(value) {
      return typeof value === "number" && Math.abs(value) <= most
        ? valid(value)
        : invalid(`a number from ${-most} to ${most} or null`, value);
    },
  });
}

/** Text that may be missing, and is cut off where it is too long. */
export function text(
  most: number,
  description: string,
): Field<string | null> {
  return optional<string | null>({
    schema: {
      type: ["string", "null"],
      description: `${description} Cut off after ${most} characters.`,
    },
    initial: null,
    check(value) {
      if (typeof value !== "string") return invalid("a string or null", value);
      return valid(value === "" ? null : value.slice(0, most).toWellFormed());
    },
  });
}

/** An object of any shape. */
export function object(description: string): Field<JsonObject> {
  return optional<JsonObject>({
    schema: {
      type: ["object", "null"],
      description: `${description} At most ${LIMITS.objectBytes} bytes.`,
    },
    initial: {},
    check(value) {
      if (!isObject(value)) return invalid("an object", value);
      const json = JSON.stringify(value);
      // A character is three bytes at most.
      if (json.length * 3 <= LIMITS.objectBytes) return valid(value);
      const bytes = encoder.encode(json).length;
      return bytes <= LIMITS.objectBytes ? valid(value) : {
        ok: false,
        message:
          `must be an object of at most ${LIMITS.objectBytes} bytes as JSON, got ${bytes}`,
      };
    },
  });
}

/** A time with offset; empty when it is missing. */
export function timestamp(description: string): Field<string> {
  return optional({
    schema: {
      type: ["string", "null"],
      format: "date-time",
      description:
        `${description} When it is missing, the time of receipt counts; when it lies more than five minutes ahead of the server's clock, too.`,
    },
    initial: "",
    check(value) {
      return typeof value === "string" && parseTimestamp(value) !== null
        ? valid(value)
        : invalid("an ISO 8601 time with offset, from 1970 on", value);
    },
  });
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field that may be missing or null, which means `initial`. */
export function optional<T>({ schema, initial, check }: {
  readonly schema: JsonSchema;
  readonly initial: T;
  readonly check: (value: unknown) => Checked<T>;
}): Field<T> {
  return {
    required: false,
    schema,
    check(value) {
      return value === undefined || value === null
        ? valid(initial)
        : check(value);
    },
  };
}
