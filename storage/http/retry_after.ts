const MAX_MS = 300_000;

/**
 * How long a server asks to be left alone. A date is held against the server's
 * own `Date`, where it is given: the clock here may be wrong.
 *
 * Source: RFC 9110, section 10.2.3: a number of seconds, or a date.
 *
 * @param headers Of the response.
 * @param now Milliseconds since 1970-01-01 UTC, for answers without `Date`.
 * @returns Milliseconds from 0, at most five minutes, or null when the header
 * says nothing that can be understood.
 *
 * @example
 * ```ts
 * import { parseRetryAfter } from "./retry_after.ts";
 * import assert from "node:assert/strict";
 *
 * const headers = new Headers({ "Retry-After": "2" });
 * assert.equal(parseRetryAfter(headers, Date.now()), 2_000);
 * assert.equal(parseRetryAfter(new Headers(), Date.now()), null);
 * ```
 */
export function parseRetryAfter(
  headers: Headers,
  now: number,
): number | null {
  const header = headers.get("Retry-After");
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_MS);
  const date = Date.parse(text);
  // Date.parse takes much that is no date of HTTP, "-1" among it.
  if (Number.isNaN(date) || !/^[A-Z][a-z]{2},? /.test(text)) return null;
  const sent = Date.parse(headers.get("Date") ?? "");
  return Math.min(
    Math.max(date - (Number.isNaN(sent) ? now : sent), 0),
    MAX_MS,
  );
}
