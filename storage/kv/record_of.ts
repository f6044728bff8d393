/** An object with one property per name. */
export function recordOf<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name, at: number) => Value,
): { [name in Name]: Value };
export function recordOf<Value>(
  names: readonly string[],
  valueOf: (name: string, at: number) => Value,
): { [name: string]: Value } {
  return Object.fromEntries(names.map((name, at) => [name, valueOf(name, at)]));
}
