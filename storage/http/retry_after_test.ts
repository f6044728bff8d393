import assert from "node:assert/strict";
import { parseRetryAfter } from "./retry_after.ts";

const now = Date.UTC(2026, 2, 1, 12);

Deno.test("parseRetryAfter() reads seconds and dates", () => {
  assert.equal(parseRetryAfter("0", now), 0);
  assert.equal(parseRetryAfter(" 120 ", now), 120_000);
  assert.equal(parseRetryAfter("Sun, 01 Mar 2026 12:00:30 GMT", now), 30_000);
});

Deno.test("parseRetryAfter() of a date gone by is no wait", () => {
  assert.equal(parseRetryAfter("Sun, 01 Mar 2026 11:00:00 GMT", now), 0);
});

Deno.test("parseRetryAfter() waits five minutes at most", () => {
  assert.equal(parseRetryAfter("86400", now), 300_000);
  assert.equal(parseRetryAfter("9".repeat(400), now), 300_000);
  assert.equal(parseRetryAfter("Sun, 01 Mar 2099 12:00:00 GMT", now), 300_000);
});

Deno.test("parseRetryAfter() is null when there is nothing to understand", () => {
  for (const header of [null, "", "soon", "-1", "1.5", "2026-03-01"]) {
    assert.equal(parseRetryAfter(header, now), null, `${header}`);
  }
});
