import { demand, show } from "../engine/demand.ts";
import { methodOf, readProperty } from "../engine/read_property.ts";

/** The variable that names overrides in the environment. */
export const OVERRIDES_VARIABLE = "MODELAB_OVERRIDES";

/**
 * Reads overrides from a text: `flag=variant`, separated by commas, or a JSON
 * object, for names that hold one of these signs.
 *
 * @returns Pairs of flag and variant.
 * @throws {ModelabError} The text is neither.
 *
 * @example
 * ```ts
 * import { parseOverrides } from "./overrides.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseOverrides("tone=casual, reply=large"), [
 *   ["tone", "casual"],
 *   ["reply", "large"],
 * ]);
 * assert.deepEqual(parseOverrides('{"a=b":"c"}'), [["a=b", "c"]]);
 * assert.throws(() => parseOverrides("tone"), /must be flag=variant/);
 * ```
 */
export function parseOverrides(
  text: string,
): (readonly [string, unknown])[] {
  if (/^\s*\{/.test(text)) return Object.entries(JSON.parse(text));
  return text.split(",").filter((pair) => pair.trim() !== "").map((pair) => {
    const [flag = "", variant, ...more] = pair.split("=");
    demand(
      variant !== undefined && more.length === 0,
      "it must be flag=variant, separated by commas, or a JSON object",
      show(text),
    );
    return [flag.trim(), variant.trim()] as const;
  });
}

/**
 * A variable of the environment; empty where there is no environment, or where
 * reading it would need a permission that was not given. Asks nobody for one.
 */
export function readVariable(name: string): string {
  const deno = readProperty(globalThis, "Deno");
  const permissions = readProperty(deno, "permissions");
  try {
    const state = readProperty(
      methodOf(permissions, "querySync")
        ?.call(permissions, { name: "env", variable: name }),
      "state",
    );
    // Deno's `process` would ask the person at the terminal.
    if (deno !== undefined && state !== "granted") return "";
    const env = readProperty(readProperty(globalThis, "process"), "env");
    return String(readProperty(env, name) ?? "");
  } catch {
    return "";
  }
}
