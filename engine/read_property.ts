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
    return typeof target === "object" && target !== null ||
        typeof target === "function"
      ? Reflect.get(target, key)
      : undefined;
  } catch {
    return undefined;
  }
}
