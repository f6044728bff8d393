import type { JsonObject, Rejection } from "../../engine/records.ts";
import { invalid } from "./field.ts";
import type { Field, JsonSchema } from "./field.ts";
import { isObject } from "./fields.ts";
import { LIMITS } from "./limits.ts";

/** A record as it is to be used, or the field that is wrong and why. */
export type CheckedRecord<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false } & Pick<Rejection, "field" | "message">;

/** The fields of a record; further fields are kept as they come. */
export interface RecordSchema<T> {
  readonly schema: JsonSchema;
  check(value: unknown): CheckedRecord<T>;
}

/** What must hold between the fields of a record. */
export interface Rule<T> {
  /** The same for machines: keywords beside those of the fields. */
  readonly schema: JsonSchema;
  /** What is wrong, or null. */
  check(record: T): Pick<Rejection, "field" | "message"> | null;
}

const NO_RULE: Rule<unknown> = { schema: {}, check: () => null };

/**
 * Makes the schema of a record from its fields.
 *
 * @param rule What must hold between the fields.
 */
export function recordSchema<T extends object>(
  fields: { readonly [K in keyof T]-?: Field<T[K]> },
  rule: Rule<T> = NO_RULE,
): RecordSchema<T> {
  const entries: [string, Field<unknown>][] = Object.entries(fields);
  return {
    schema: {
      type: "object",
      required: entries.filter(([, { required }]) => required)
        .map(([name]) => name),
      properties: Object.fromEntries(
        entries.map(([name, { schema }]) => [name, schema]),
      ),
      additionalProperties: true,
      ...rule.schema,
    },
    check(value) {
      const fail = (field: string, message: string) =>
        ({ ok: false, field, message }) as const;
      if (!isObject(value)) return fail("", messageOf("an object", value));
      if (deeperThan(value, LIMITS.depth)) {
        return fail(
          "",
          `must have at most ${LIMITS.depth} objects and arrays within each other`,
        );
      }
      const record: JsonObject = { ...value };
      for (const [name, field] of entries) {
        const own = Object.hasOwn(value, name) ? value[name] : undefined;
        const checked = field.check(own);
        if (!checked.ok) return fail(name, checked.message);
        // What was not sent is not made up, but for what records must have.
        if (checked.value !== own) Reflect.set(record, name, checked.value);
      }
      // Every field of T has been checked, and set to what its check gave.
      const typed = record as T;
      const broken = rule.check(typed);
      return broken === null
        ? { ok: true, value: typed }
        : fail(broken.field, broken.message);
    },
  };
}

function messageOf(requirement: string, value: unknown): string {
  const checked = invalid(requirement, value);
  return checked.ok ? "" : checked.message;
}

/** Whether a value nests deeper than allowed; needs no stack of its own. */
export function deeperThan(value: unknown, most: number): boolean {
  let level = isNested(value) ? [value] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === most) return true;
    const next: JsonObject[] = [];
    for (const item of level) {
      // What comes from JSON inherits nothing that could be counted, and this
      // makes no list of the values.
      for (const name in item) {
        const inner = item[name];
        if (isNested(inner)) next.push(inner);
      }
    }
    level = next;
  }
  return false;
}

function isNested(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}
