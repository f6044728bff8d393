import { useMemo } from "preact/hooks";

/** A value on its way from a page to its island. */
export interface Carried<T> {
  /** What travels: browsers parse a text faster than they rebuild values. */
  readonly json: string;
  /** The value itself, on the server alone. */
  readonly value?: T;
}

/** Packs what JSON can hold, so that it reaches an island as one text. */
export function carry<T>(value: T): Carried<T> {
  const carried = { json: JSON.stringify(value) };
  // What is not enumerable does not travel.
  return Object.defineProperty(carried, "value", { value });
}

/** What {@linkcode carry} packed, in an island that first renders with it. */
export function useCarried<T>({ json, value }: Carried<T>): T {
  return useMemo(() => value ?? JSON.parse(json), []);
}
