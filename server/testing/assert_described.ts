import assert from "node:assert/strict";
import type { JsonSchema } from "../validation/field.ts";

/**
 * Asserts that a value is as a named schema of a description says, and that
 * the description leaves nothing of it out: of an object whose properties are
 * listed, no other may be there.
 */
export function assertDescribed(
  description: JsonSchema,
  name: string,
  value: unknown,
): void {
  assertFits(
    description,
    { $ref: `#/components/schemas/${name}` },
    value,
    name,
  );
}

function assertFits(
  root: JsonSchema,
  schema: JsonSchema,
  value: unknown,
  path: string,
): void {
  const { $ref, oneOf, type, properties, required, items } = schema;
  if (typeof $ref === "string") {
    const found = at(root, $ref.slice("#/".length).split("/"));
    return assertFits(root, found, value, path);
  }
  if (Array.isArray(oneOf)) {
    const some = oneOf.some((one) => {
      try {
        assertFits(root, one, value, path);
        return true;
      } catch {
        return false;
      }
    });
    // Again, for the message of what it comes closest to.
    return some ? undefined : assertFits(root, oneOf[0], value, path);
  }
  if (Array.isArray(schema["enum"])) {
    return assert.ok(schema["enum"].includes(value), `${path}: ${value}`);
  }
  const types = [type].flat();
  assert.ok(
    types.includes(typeOf(value)) || (
      types.includes("number") && typeOf(value) === "integer"
    ),
    `${path} must be ${types}, got ${JSON.stringify(value)}`,
  );
  if (Array.isArray(value) && isObject(items)) {
    value.forEach((one, n) => assertFits(root, items, one, `${path}[${n}]`));
  }
  if (!isObject(value) || !isObject(properties)) return;
  assert.deepEqual(
    Object.keys(value).filter((key) => !(key in properties)),
    [],
    `${path} has what is not described`,
  );
  for (const key of Array.isArray(required) ? required : []) {
    assert.ok(key in value, `${path}.${key} is missing`);
  }
  for (const [key, field] of Object.entries(value)) {
    assertFits(root, at(properties, [key]), field, `${path}.${key}`);
  }
}

function at(schema: JsonSchema, path: readonly string[]): JsonSchema {
  const [key = "", ...rest] = path;
  const found = schema[key];
  assert.ok(isObject(found), `nothing is described under ${key}`);
  return rest.length === 0 ? found : at(found, rest);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  return typeof value;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
