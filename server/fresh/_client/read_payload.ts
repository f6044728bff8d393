import type { PagePayload } from "../_payload.ts";
import type { SerializedValue } from "../_serialized.ts";

/**
 * What the server told the page about its islands.
 *
 * @param text the text of the payload's element
 * @throws {SyntaxError} when it is no JSON
 * @throws {TypeError} when it is that of something else
 */
export function readPayload(text: string): PagePayload {
  const value: unknown = JSON.parse(text);
  if (isPagePayload(value)) return value;
  throw new TypeError("The page's payload must be what its server wrote.");
}

function isPagePayload(value: unknown): value is PagePayload {
  if (typeof value !== "object" || value === null) return false;
  const { buildId, islands, roots, props }: Record<string, unknown> = {
    ...value,
  };
  return typeof buildId === "string" &&
    Array.isArray(islands) && islands.every(isIsland) &&
    Array.isArray(roots) && roots.every(Number.isInteger) &&
    Array.isArray(props) && props.every(isSerialized);
}

function isIsland(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 &&
    value.every((part) => typeof part === "string");
}

function isSerialized(value: unknown): value is SerializedValue {
  return isScalar(value) || typeof value === "boolean" ||
    (Array.isArray(value) && typeof value[0] === "string" &&
      value.every(isScalar));
}

function isScalar(value: unknown): value is string | number | null {
  return value === null || typeof value === "string" ||
    typeof value === "number";
}
