/**
 * What the JSON API's answers must be before a page shows them.
 *
 * @module
 */

import type { FlagEvaluation } from "../engine/evaluation.ts";
import type { FlagOverview } from "../engine/flag_overview.ts";

/** Whether it is the answer of `GET /api/v1/overview`. */
export function isFlagOverview(value: unknown): value is FlagOverview {
  return isRecord(value) && isRecord(value["query"]) &&
    Array.isArray(value["flags"]) &&
    value["flags"].every((flag) => isRecord(flag) && isRecord(flag["summary"]));
}

/** Whether it is the answer of `GET /api/v1/flags/{name}`. */
export function isFlagEvaluation(value: unknown): value is FlagEvaluation {
  return isRecord(value) && typeof value["flag_name"] === "string" &&
    isListOf(value["variants"], "variant_name");
}

/** Whether it is a list of objects that have a name. */
export function isListOf(value: unknown, nameField: string): boolean {
  return Array.isArray(value) &&
    value.every((item) =>
      isRecord(item) && typeof item[nameField] === "string"
    );
}

/** Whether it is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
