const MAX_MS = 300_000;

/**
 * How long a server asks to be left alone.
 *
 * Source: RFC 9110, section 10.2.3: a number of seconds, or a date.
 *
 * @param header The value of `Retry-After`, or null when there is none.
 * @param now Milliseconds since 1970-01-01 UTC.
 * @returns Milliseconds from 0, at most five minutes, or null when the header
 * says nothing that can be understood.
 *
 * @example
 * ```ts
 * import { parseRetryAfter } from "./retry_after.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseRetryAfter("2", Date.now()), 2_000);
 * assert.equal(parseRetryAfter("soon", Date.now()), null);
 * ```
 */
export function parseRetryAfter(
  header: string | null,
  now: number,
): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_MS);
  const date = Date.parse(text);
  // Date.parse takes much that is no date of HTTP, "-1" among it.
  if (Number.isNaN(date) || !/^[A-Z][a-z]{2},? /.test(text)) return null;
  return Math.min(Math.max(date - now, 0), MAX_MS);
}
