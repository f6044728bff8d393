import { Signal } from "@preact/signals";
import { HOLE, type SerializedValue, SPECIALS } from "./_serialized.ts";

/** How {@linkcode serialize} treats what is not a plain value. */
export interface SerializeOptions {
  /** The number of the slot that an object stands for, or null. */
  slotId?: (value: object) => number | null;
}

/**
 * Turns a value into its travelling form.
 *
 * It works through a list instead of calling itself, so that no depth of
 * nesting can exhaust the stack.
 *
 * @param root the value
 * @param options how to treat what is not a plain value
 * @throws {TypeError} when a function or symbol is inside the value
 */
export function serialize(
  root: unknown,
  { slotId = () => null }: SerializeOptions = {},
): SerializedValue[] {
  const places = new Map<unknown, number>();
  const values: unknown[] = [];
  const names: string[] = [];
  const serialized: SerializedValue[] = [];

  function placeOf(value: unknown, name: string): number {
    // A map takes -0 for 0; only the former needs a form of its own.
    const key = Object.is(value, -0) ? "-0" : value;
    const known = typeof key === "string" ? undefined : places.get(key);
    if (known !== undefined) return known;
    const place = values.push(value) - 1;
    names.push(name);
    if (typeof key !== "string") places.set(key, place);
    return place;
  }

  placeOf(root, "props");
  for (let place = 0; place < values.length; place++) {
    serialized.push(form(values[place], names[place] ?? ""));
  }
  return serialized;

  function form(value: unknown, name: string): SerializedValue {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
      case "undefined":
        for (const [text, special] of SPECIALS) {
          if (Object.is(special, value)) return ["special", text];
        }
        return value ?? null;
      case "bigint":
        return ["bigint", String(value)];
      case "object":
        return value === null ? null : formOfObject(value, name);
      default:
        throw new TypeError(
          `Cannot send ${name} to an island: ` +
            `a ${typeof value} cannot be serialised.`,
        );
    }
  }

  function formOfObject(value: object, name: string): SerializedValue {
    const slot = slotId(value);
    if (slot !== null) return ["slot", slot];
    if (value instanceof Signal) {
      return ["signal", placeOf(value.peek(), `${name}.value`)];
    }
    if (value instanceof Date) {
      const time = value.getTime();
      return ["date", Number.isNaN(time) ? null : time];
    }
    if (value instanceof URL) return ["url", value.href];
    if (value instanceof RegExp) return ["regexp", value.source, value.flags];
    if (value instanceof Uint8Array) return ["bytes", toBase64(value)];
    if (value instanceof Set) {
      return [
        "set",
        ...Array.from(value, (v) => placeOf(v, `a value of ${name}`)),
      ];
    }
    if (value instanceof Map) {
      return [
        "map",
        ...Array.from(value).flatMap(([key, v]) => [
          placeOf(key, `a key of ${name}`),
          placeOf(v, `a value of ${name}`),
        ]),
      ];
    }
    if (Array.isArray(value)) {
      return [
        "array",
        ...Array.from(
          value,
          (v, i) => i in value ? placeOf(v, `${name}[${i}]`) : HOLE,
        ),
      ];
    }
    return [
      "object",
      ...Object.entries(value).flatMap(([key, v]) => [
        key,
        placeOf(v, `${name}.${key}`),
      ]),
    ];
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
