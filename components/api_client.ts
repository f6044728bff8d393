/**
 * Reads the JSON API from the browser.
 *
 * @module
 */

import type { FlagEvaluation, FlagTimeline } from "../engine/evaluation.ts";
import type { FlagEffects } from "../engine/flag_effects.ts";
import type { FlagOverview } from "../engine/flag_overview.ts";
import { GRANULARITIES } from "./timeline_range.ts";

/** The server wants a key that this browser no longer has. */
export class SessionEndedError extends Error {
  override readonly name = "SessionEndedError";
}

/** An answer, and when the server gave it. */
export interface Answer<T> {
  readonly body: T;
  /** Epoch milliseconds by the server's clock, or else by this machine's. */
  readonly now: number;
}

const TIMEOUT_MS = 10_000;

/**
 * Asks for JSON of a known shape.
 *
 * @throws SessionEndedError when the answer is 401.
 * @throws Error when there is no answer, or none of that shape.
 */
export async function fetchJson<T>(
  path: string,
  isShape: (value: unknown) => value is T,
  signal: AbortSignal,
): Promise<Answer<T>> {
  const response = await fetch(path, {
    headers: { accept: "application/json" },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  if (response.status === 401) {
    throw new SessionEndedError(`Cannot read ${path}: not signed in`);
  }
  if (!response.ok) {
    throw new Error(`Cannot read ${path}: the server said ${response.status}`);
  }
  const body: unknown = await response.json();
  if (!isShape(body)) {
    throw new Error(`Cannot read ${path}: the answer has another shape`);
  }
  const sent = Date.parse(response.headers.get("date") ?? "");
  return { body, now: Number.isNaN(sent) ? Date.now() : sent };
}

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

/** Whether it is the answer of `GET /api/v1/flags/{name}/effects`. */
export function isFlagEffects(value: unknown): value is FlagEffects {
  return isRecord(value) && isListOf(value["effects"], "variant_name") &&
    isListOf(value["new_users"], "variant_name");
}

/** Whether it is the answer of `GET /api/v1/flags/{name}/timeline`. */
export function isFlagTimeline(value: unknown): value is FlagTimeline {
  return isRecord(value) && isGranularity(value["granularity"]) &&
    isListOf(value["series"], "variant_name");
}

function isGranularity(value: unknown): boolean {
  return GRANULARITIES.some((granularity) => granularity === value);
}

function isListOf(value: unknown, nameField: string): boolean {
  return Array.isArray(value) &&
    value.every((item) =>
      isRecord(item) && typeof item[nameField] === "string"
    );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
