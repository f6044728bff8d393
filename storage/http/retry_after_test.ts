import assert from "node:assert/strict";
import { parseRetryAfter } from "./retry_after.ts";

function wait(header: string | null, date?: string): number | null {
  const headers = new Headers();
  if (header !== null) headers.set("Retry-After", header);
  if (date !== undefined) headers.set("Date", date);
  return parseRetryAfter(headers, now);
}

const now = Date.UTC(2026, 2, 1, 12);

Deno.test("parseRetryAfter() reads seconds and dates", () => {
  assert.equal(wait("0"), 0);
  assert.equal(wait(" 120 "), 120_000);
  assert.equal(wait("Sun, 01 Mar 2026 12:00:30 GMT"), 30_000);
});

Deno.test("parseRetryAfter() of a date gone by is no wait", () => {
  assert.equal(wait("Sun, 01 Mar 2026 11:00:00 GMT"), 0);
});

Deno.test("parseRetryAfter() waits five minutes at most", () => {
  assert.equal(wait("86400"), 300_000);
  assert.equal(wait("9".repeat(400)), 300_000);
  assert.equal(wait("Sun, 01 Mar 2099 12:00:00 GMT"), 300_000);
});

Deno.test("parseRetryAfter() is null when there is nothing to understand", () => {
  for (const header of [null, "", "soon", "-1", "1.5", "2026-03-01"]) {
    assert.equal(wait(header), null, `${header}`);
  }
});

Deno.test("parseRetryAfter() holds a date against the server's clock, not its own", () => {
  const date = "Sun, 01 Mar 2020 12:00:00 GMT";
  assert.equal(wait("Sun, 01 Mar 2020 12:00:09 GMT", date), 9_000);
  assert.equal(wait("Sun, 01 Mar 2020 12:00:09 GMT", "no date"), 0);
});
