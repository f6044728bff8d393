import assert from "node:assert/strict";
import fc from "fast-check";
import type { Entry } from "./entry.ts";
import { decodeEntry, encodeEntry } from "./entry_codec.ts";

const object = fc.dictionary(fc.string(), fc.jsonValue(), {
  noNullPrototype: true,
});
const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(value, { nil: null });
const timed = fc.oneof(
  fc.integer({ min: 1 }).map((at) => ({
    time: at * 1000 + 7,
    at,
    late: false,
  })),
  fc.integer({ min: 1 }).map((at) => ({ time: at * 1000 + 7, at, late: true })),
  fc.integer({ min: 1 }).map((at) => ({ time: null, at, late: false })),
  fc.integer({ min: 1 }).map((at) => ({
    time: at * 1000 + 9e9,
    at,
    late: false,
  })),
);

const entry: fc.Arbitrary<Entry> = fc.tuple(
  timed,
  fc.oneof(
    fc.record({
      kind: fc.constant("assignment" as const),
      flag: fc.string(),
      variant: fc.string(),
      user: fc.string(),
      session: fc.string(),
      configHash: fc.string(),
      setupHash: nullable(fc.string()),
      overridden: fc.boolean(),
      more: object,
    }),
    fc.record({
      kind: fc.constant("execution" as const),
      id: nullable(fc.string()),
      latency: nullable(
        fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      ),
      input: nullable(fc.nat()),
      output: nullable(fc.nat()),
      cost: nullable(
        fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      ),
      error: nullable(fc.string()),
      metadata: object,
      more: object,
    }),
    fc.record({
      kind: fc.constant("event" as const),
      id: fc.string(),
      type: fc.constantFrom("success", "failure", "custom"),
      name: fc.string(),
      payload: object,
      more: object,
    }),
  ),
).map(([time, fields]) => ({ ...time, ...fields }));

Deno.test("decodeEntry() gives back what encodeEntry() was given", () => {
  fc.assert(fc.property(entry, (value) => {
    const decoded = decodeEntry(JSON.parse(encodeEntry(value)));
    // As JSON: it knows no minus zero, and neither do the counters.
    assert.equal(
      JSON.stringify(sorted(decoded)),
      JSON.stringify(sorted(value)),
    );
  }));
});

function sorted(value: Entry): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
}

Deno.test("decodeEntry() refuses what no encodeEntry() wrote", () => {
  for (
    const fields of [
      null,
      {},
      [],
      [3, 1, 0],
      [0, 1, 0, "flag"],
      [1, 1, 0, null, "fast", 1, 1, 1, null, 0, 0],
      [2, 1, 0, "id", "win", "", 0, 0],
      [2, 1, 0, "id", "success", "", [], 0],
    ]
  ) assert.throws(() => decodeEntry(fields), TypeError);
});
