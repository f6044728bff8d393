import { HOLE, type SerializedValue, SPECIALS } from "./_serialized.ts";
import { Signal, signal } from "@preact/signals";

/** What stands in an island's props for JSX that the server rendered. */
export class SlotRef {
  /** The slot's number on its page. */
  readonly id: number;

  /** @param id the slot's number on its page */
  constructor(id: number) {
    this.id = id;
  }
}

/**
 * Brings back a value from its travelling form.
 *
 * @param serialized what `serialize` made
 */
export function deserialize(serialized: readonly SerializedValue[]): unknown {
  // Everything is made before anything is filled, so cycles need no care.
  const values = serialized.map(shell);
  serialized.forEach((form, place) => {
    if (form === null || typeof form !== "object") return;
    const [tag, ...parts] = form;
    fill(tag, values[place], parts, (part) => values[Number(part)]);
  });
  return values[0];
}

type Parts = readonly (string | number | null)[];

function fill(
  tag: string,
  target: unknown,
  parts: Parts,
  at: (part: string | number | null | undefined) => unknown,
): void {
  if (tag === "signal" && target instanceof Signal) {
    target.value = at(parts[0]);
  } else if (tag === "array" && Array.isArray(target)) {
    target.length = parts.length;
    parts.forEach((part, index) => {
      if (part !== HOLE) target[index] = at(part);
    });
  } else if (tag === "set" && target instanceof Set) {
    for (const part of parts) target.add(at(part));
  } else if (tag === "map" && target instanceof Map) {
    for (let i = 0; i < parts.length; i += 2) {
      target.set(at(parts[i]), at(parts[i + 1]));
    }
  } else if (tag === "object" && typeof target === "object") {
    for (let i = 0; i < parts.length; i += 2) {
      // Assigning to "__proto__" would replace the object's prototype.
      Object.defineProperty(target, String(parts[i]), {
        value: at(parts[i + 1]),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
}

function shell(form: SerializedValue): unknown {
  if (form === null || typeof form !== "object") return form;

  const [tag, first, second] = form;
  switch (tag) {
    case "special":
      return SPECIALS.get(String(first));
    case "bigint":
      return BigInt(String(first));
    case "array":
      return [];
    case "object":
      return {};
    case "map":
      return new Map();
    case "set":
      return new Set();
    case "date":
      return new Date(typeof first === "number" ? first : NaN);
    case "url":
      return new URL(String(first));
    case "regexp":
      return new RegExp(String(first), String(second));
    case "bytes":
      return Uint8Array.from(
        atob(String(first)),
        (character) => character.charCodeAt(0),
      );
    case "signal":
      return signal();
    case "slot":
      return new SlotRef(Number(first));
    default:
      throw new TypeError(`Unknown serialised value: ${tag}`);
  }
}
