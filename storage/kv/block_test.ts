import assert from "node:assert/strict";
import fc from "fast-check";
import { narrowed } from "./amount.ts";
import { addToFields, decodeFields, encodeFields } from "./block.ts";
import { FlagCounters, SEGMENT_KINDS } from "./flag_counters.ts";
import type { Fields } from "./flag_counters.ts";

/** Few names and small amounts, so that fields meet, and cancel. */
const amount = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(narrowed),
).filter((value) => value !== 0);
const fields: fc.Arbitrary<Fields> = fc.array(
  fc.tuple(fc.oneof(fc.nat(8), fc.nat(1e12)), amount),
  { maxLength: 12 },
).map((entries) => new Map(entries));

Deno.test("addToFields() gives what adding the fields one by one would", () => {
  fc.assert(fc.property(
    fc.constantFrom(...SEGMENT_KINDS),
    fields,
    fields,
    (kind, before, more) => {
      const name = { kind, variant: "v", part: "p" };
      const sum = new FlagCounters();
      sum.add({ ...name, fields: before });
      sum.add({ ...name, fields: more });
      const expected = sum.fields(kind, "v", "p");
      const value = addToFields(encodeFields(before), { kind, fields: more });
      assert.deepEqual(value, encodeFields(expected));
      assert.deepEqual(decodeFields(value), expected);
    },
  ));
});
