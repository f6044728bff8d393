import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { minus, narrowed, plus, times } from "./amount.ts";
import type { Amount } from "./amount.ts";

/** Around every power of two, where encodings and doubles have their edges. */
const wide = fc.tuple(
  fc.integer({ min: 0, max: 200 }),
  fc.integer({ min: -300, max: 300 }),
  fc.boolean(),
).map(([power, offset, below]) =>
  (below ? -1n : 1n) * 2n ** BigInt(power) + BigInt(offset)
);
const amount: fc.Arbitrary<Amount> = fc.oneof(wide, fc.bigInt()).map(narrowed);

Deno.test("ByteReader reads the amounts, numbers and texts that a ByteWriter wrote", () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(
      amount,
      fc.oneof(fc.maxSafeNat(), fc.nat(300)),
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.string({ minLength: 40, maxLength: 200 }),
      ),
    )),
    (values) => {
      const writer = new ByteWriter();
      for (const [signed, unsigned, text] of values) {
        writer.signed(signed);
        writer.unsigned(unsigned);
        writer.text(text);
      }
      const reader = new ByteReader(writer.finish());
      for (const [signed, unsigned, text] of values) {
        assert.equal(reader.signed(), signed);
        assert.equal(reader.unsigned(), unsigned);
        assert.equal(reader.text(), text);
      }
      assert.ok(reader.done);
    },
  ));
});

Deno.test("ByteWriter leaves values alone that are finished", () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }));
  fc.assert(fc.property(fc.array(text), fc.nat(40), (texts, room) => {
    const writer = new ByteWriter(room);
    const values = texts.map((each) => {
      writer.unsigned(each.length);
      writer.utf8(each);
      writer.text(each);
      const { length } = writer;
      const value = writer.finish();
      assert.equal(value.length, length);
      assert.equal(writer.length, 0);
      return value;
    });
    for (const [at, each] of texts.entries()) {
      const reader = new ByteReader(values[at] ?? new Uint8Array());
      assert.equal(reader.unsigned(), each.length);
      const utf8 = new TextEncoder().encode(each);
      assert.deepEqual(new Uint8Array(reader.take(utf8.length)), utf8);
      assert.equal(reader.text(), each);
      assert.ok(reader.done);
    }
  }));
});

Deno.test("ByteWriter refuses what is no number from 0 on", () => {
  for (const wrong of [Infinity, NaN, -1, 2 ** 53]) {
    assert.throws(() => new ByteWriter().unsigned(wrong), RangeError);
  }
});

Deno.test("ByteReader refuses bytes that end too early", () => {
  const writer = new ByteWriter();
  writer.text("a text that is cut");
  const bytes = writer.finish();
  for (let length = 0; length < bytes.length; length++) {
    const reader = new ByteReader(bytes.subarray(0, length));
    assert.throws(() => reader.text(), RangeError);
  }
});

Deno.test("plus(), minus() and times() are exact for amounts of any size", () => {
  fc.assert(fc.property(amount, amount, (a, b) => {
    const [wideA, wideB] = [BigInt(a), BigInt(b)];
    assert.equal(plus(a, b), narrowed(wideA + wideB));
    assert.equal(minus(a, b), narrowed(wideA - wideB));
    assert.ok(Object.is(times(a, b), narrowed(wideA * wideB)));
  }));
});
