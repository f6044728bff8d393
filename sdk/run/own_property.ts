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
