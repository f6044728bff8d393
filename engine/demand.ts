import { ModelabError } from "./modelab_error.ts";

/**
 * Throws unless a rule holds. The message says what was required, and what
 * arrived.
 *
 * @param rule What was required, say `Cannot do it: n must be a number`.
 * @param got What arrived, in few characters.
 * @param Failure The error's class.
 * @throws {ModelabError} The rule does not hold.
 *
 * @example
 * ```ts
 * import { demand, show } from "./demand.ts";
 * import assert from "node:assert/strict";
 *
 * assert.throws(
 *   () => demand(false, "Cannot count: n must be a number", show([1, 2])),
 *   { message: "Cannot count: n must be a number, got a list of 2" },
 * );
 * ```
 */
export function demand(
  holds: unknown,
  rule: string,
  got: string,
  Failure: new (message: string) => ModelabError = ModelabError,
): asserts holds {
  if (!holds) throw new Failure(`${rule}, got ${got}`);
}

/** A value in few characters, whatever it is. */
export function show(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(
      value.length > 60 ? `${value.slice(0, 60)}…` : value,
    );
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "function") return "a function";
  return isRecord(value) ? "an object" : String(value);
}

/** Whether a value is an object of any kind. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Whether a value is an object with properties to read. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}

/** Whether a value is a number from one to another. */
export function isWithin(
  value: unknown,
  min: number,
  max: number,
): value is number {
  return typeof value === "number" && value >= min && value <= max;
}
