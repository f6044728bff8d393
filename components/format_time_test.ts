import assert from "node:assert/strict";
import { formatAgo, formatInstant, zoneName } from "./format_time.ts";

const NOON = Date.parse("2026-11-24T12:00:00Z");

Deno.test("formatInstant() tells a time of any offset in UTC", () => {
  assert.equal(
    formatInstant("2026-11-24T01:30:00.5+02:00"),
    "2026-11-23 23:30:00 UTC",
  );
});

Deno.test("formatInstant() leaves alone what is no time", () => {
  assert.equal(formatInstant("soon"), "soon");
});

Deno.test("formatAgo() counts in the largest unit that says enough", () => {
  const ago = (seconds: number): string =>
    formatAgo(new Date(NOON - seconds * 1000).toISOString(), NOON);
  assert.equal(ago(2), "just now");
  assert.equal(ago(59), "59 s ago");
  assert.equal(ago(60), "1 min ago");
  assert.equal(ago(3_600), "1 h ago");
  assert.equal(ago(47 * 3_600), "47 h ago");
  assert.equal(ago(48 * 3_600), "2 d ago");
});

Deno.test("formatAgo() takes a time slightly ahead for now", () => {
  assert.equal(
    formatAgo(new Date(NOON + 4_000).toISOString(), NOON),
    "just now",
  );
});

Deno.test("zoneName() writes an offset as ISO 8601 does", () => {
  assert.deepEqual([0, 60, 330, -210].map(zoneName), [
    "UTC",
    "+01:00",
    "+05:30",
    "−03:30",
  ]);
});
