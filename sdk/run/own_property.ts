import { readProperty } from "../../engine/read_property.ts";

/** A method of anything, or null. */
export function methodOf(target: unknown, key: PropertyKey): Method | null {
  const method = readProperty(target, key);
  return isMethod(method) ? method : null;
}

/** A function of which nothing is known. */
type Method = (this: unknown, ...args: unknown[]) => unknown;

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

/**
 * Gives an object a property of its own, before that of its class.
 *
 * @returns False when the object takes none, say because it is frozen.
 */
export function setOwn(
  target: object,
  key: PropertyKey,
  property: { value: unknown } | { get(): unknown },
): boolean {
  return Reflect.defineProperty(target, key, {
    ...property,
    configurable: true,
    ...("value" in property && { writable: true }),
  });
}
