import { isObject } from "./demand.ts";

/**
 * A property of anything, or undefined when there is none or it cannot be
 * read. Never throws, even when a getter does.
 *
 * @example
 * ```ts
 * import { readProperty } from "./read_property.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(readProperty({ model: "m-1" }, "model"), "m-1");
 * assert.equal(readProperty(null, "model"), undefined);
 * ```
 */
export function readProperty(target: unknown, key: PropertyKey): unknown {
  try {
    return isObject(target) || typeof target === "function"
      ? Reflect.get(target, key)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A function of which nothing is known. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** A method of anything, or null when there is none or it cannot be read. */
export function methodOf(target: unknown, key: PropertyKey): Method | null {
  const method = readProperty(target, key);
  return isMethod(method) ? method : null;
}

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}
