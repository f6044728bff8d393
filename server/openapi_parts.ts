/**
 * What the description of the API is put together from.
 *
 * @module
 */

import type { JsonSchema } from "./validation/field.ts";

/** A type, or null. */
export function nullable(type: string): JsonSchema {
  return { type: [type, "null"] };
}

/** A schema by its name. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

export function list(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

/** An object that has all of these. */
export function objectOf(properties: JsonSchema): JsonSchema {
  return { type: "object", required: Object.keys(properties), properties };
}

/** The same type under each name. */
export function named(type: JsonSchema, names: readonly string[]): JsonSchema {
  return Object.fromEntries(names.map((name) => [name, type]));
}

export const time: JsonSchema = { type: "string", format: "date-time" };

export function content(
  schema: JsonSchema,
  type = "application/json",
): JsonSchema {
  return { content: { [type]: { schema } } };
}

export function answer(description: string, schema: JsonSchema): JsonSchema {
  return { description, ...content(schema) };
}

export function problemOf(description: string): JsonSchema {
  return {
    description,
    ...content(ref("Problem"), "application/problem+json"),
  };
}

/** What every route that needs a key can answer. */
export const REFUSED: JsonSchema = {
  401: problemOf("No or wrong key."),
  403: problemOf(
    "A key without the scope, or one limited to some flags; or a server without keys was reached from elsewhere.",
  ),
  429: problemOf("Too many requests: again after Retry-After seconds."),
  503: problemOf("Not now: again after Retry-After seconds."),
};

/** A parameter of the query. */
export function queryOf(name: string, schema: JsonSchema): JsonSchema {
  return { name, in: "query", schema };
}
