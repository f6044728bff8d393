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

Deno.test("parseTimestamp() takes and gives what a regular expression would", () => {
  let times = 0;
  const agree = (text: string): void => {
    const micros = parseTimestamp(text);
    assert.equal(micros, byPattern(text), JSON.stringify(text));
    if (micros !== null) times++;
  };
  const pad = (value: number, length = 2) =>
    String(value).padStart(length, "0");
  const any = <T>(...values: T[]) => fc.constantFrom(...values);
  const two = fc.integer({ min: 0, max: 61 }).map((value) => pad(value));
  const time = fc.tuple(
    fc.oneof(
      fc.integer({ min: 1968, max: 2105 }),
      fc.integer({ min: 0, max: 9999 }),
    ).map((year) => pad(year, 4)),
    any("-", "-", "-", "/"),
    fc.integer({ min: 0, max: 13 }).map((month) => pad(month)),
    any("-"),
    fc.integer({ min: 0, max: 32 }).map((day) => pad(day)),
    any("T", "t", " ", "_"),
    fc.integer({ min: 0, max: 25 }).map((hour) => pad(hour)),
    any(":"),
    two,
    fc.oneof(
      any("", ":"),
      two.map((second) => `:${second}`),
      fc.tuple(two, any(".", ","), fc.stringMatching(/^\d{0,11}$/)).map(
        ([second, point, digits]) => `:${second}${point}${digits}`,
      ),
    ),
    fc.oneof(
      any("Z", "z", "", "+", "-01", "+01:0", "ZZ"),
      fc.tuple(any("+", "-"), two, any("", ":"), two).map((all) =>
        all.join("")
      ),
      fc.tuple(
        any("+", "-"),
        two,
        any("", ":"),
        two,
        any("", ":"),
        two,
        any("", ".", ".5", ".123456789012", ",5", ".5:"),
      ).map((all) => all.join("")),
    ),
  ).map((parts) => parts.join(""));
  fc.assert(fc.property(time, agree), { numRuns: 5000 });
  // One character of a time is another one, is missing, or is there twice.
  const broken = fc.tuple(
    time,
    fc.nat(40),
    fc.nat(2),
    any("0", "9", "T", "Z", ":", ".", "-", "+", " ", "٣", "\0", "\n", "/", "@"),
  ).map(([text, at, cut, put]) =>
    text.slice(0, at) + put + text.slice(at + cut)
  );
  fc.assert(fc.property(broken, agree), { numRuns: 5000 });
  fc.assert(fc.property(fc.string(), agree));
  assert.ok(times > 100, `of all texts, ${times} were times`);
});

const PATTERN =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)$/;

/** As parseTimestamp(), by a regular expression and a `Date` that rolls over. */
function byPattern(text: string): number | null {
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  if (year < 1969) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  if (part(9) > 23 || part(10) > 59 || part(11) > 59) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return null;
  }
  const offset = (part(9) * 60 + part(10)) * 60 + part(11);
  const seconds = date.getTime() / 1000 + (hour * 60 + minute) * 60 + second -
    (match[8] === "-" ? -offset : offset);
  const micros = seconds * 1e6 +
    Number((match[7] ?? "").slice(0, 6).padEnd(6, "0"));
  return micros < 0 ? null : micros;
}

Deno.test("formatTimestamp() writes what parseTimestamp() reads", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 253402300799999999 / 100 }),
    (micros) => parseTimestamp(formatTimestamp(micros)) === micros,
  ));
});
