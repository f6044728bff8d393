/** A JSON Schema, as OpenAPI 3.1 takes it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a check found: the value as it is to be used, or what is wrong. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** A field of a record: what may stand in it, for machines and for people. */
export interface Field<T> {
  readonly required: boolean;
  readonly schema: JsonSchema;
  /** @param value What arrived; undefined when the field is missing. */
  check(value: unknown): Checked<T>;
}

/** A value that is as required. */
export function valid<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/**
 * A value that is not.
 *
 * @param requirement Completes "must be".
 */
export function invalid(requirement: string, value: unknown): Checked<never> {
  const message = `must be ${requirement}, got ${described(value)}`;
  return { ok: false, message };
}

const LONGEST_SHOWN = 60;

/** A value in a message: short, and in full where it is short itself. */
export function described(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") {
    return value.length <= LONGEST_SHOWN
      ? JSON.stringify(value)
      : `a string of ${value.length} characters`;
  }
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
