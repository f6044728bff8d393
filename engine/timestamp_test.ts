import assert from "node:assert/strict";
import fc from "fast-check";
import { formatTimestamp, parseTimestamp } from "./timestamp.ts";

Deno.test("parseTimestamp() reads what Python's isoformat() writes", () => {
  assert.equal(
    parseTimestamp("2026-03-01T12:00:00.123456+00:00"),
    Date.UTC(2026, 2, 1, 12) * 1000 + 123456,
  );
  assert.equal(
    parseTimestamp("2026-03-01T12:00:00+00:00"),
    Date.UTC(2026, 2, 1, 12) * 1000,
  );
});

Deno.test("parseTimestamp() applies the offset", () => {
  const noon = Date.UTC(2026, 2, 1, 12) * 1000;
  assert.equal(parseTimestamp("2026-03-01T12:00:00Z"), noon);
  assert.equal(parseTimestamp("2026-03-01T17:30:00+05:30"), noon);
  assert.equal(parseTimestamp("2026-03-01T04:00:00-0800"), noon);
});

Deno.test("parseTimestamp() reads a time of 1970 that its offset writes as 1969", () => {
  assert.equal(
    parseTimestamp("1969-12-31T23:30:00-01:00"),
    Date.UTC(1970, 0, 1, 0, 30) * 1000,
  );
});

Deno.test("parseTimestamp() cuts digits beyond microseconds", () => {
  assert.equal(parseTimestamp("1970-01-01T00:00:00.1234569Z"), 123456);
});

Deno.test("parseTimestamp() refuses what is no time with an offset", () => {
  for (
    const text of [
      "",
      "yesterday",
      "2026-03-01",
      "2026-03-01T12:00:00",
      "2026-02-30T12:00:00Z",
      "2026-13-01T12:00:00Z",
      "2026-03-01T24:00:00Z",
      "2026-03-01T12:60:00Z",
      "2026-03-01T12:00:00+24:00",
      "1969-12-31T23:59:59Z",
      "1970-01-01T00:30:00+01:00",
      "0026-03-01T12:00:00Z",
      "0075-01-01T00:00:00Z",
      "0099-12-31T23:59:59Z",
      "2026-03-01T12:00:00Z\n",
      "٢٠٢٦-03-01T12:00:00Z",
    ]
  ) assert.equal(parseTimestamp(text), null, text);
});

Deno.test("formatTimestamp() writes what parseTimestamp() reads", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 253402300799999999 / 100 }),
    (micros) => parseTimestamp(formatTimestamp(micros)) === micros,
  ));
});
