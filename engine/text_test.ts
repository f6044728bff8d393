import assert from "node:assert/strict";
import fc from "fast-check";
import { cutToBytes, utf8Length, wellFormed } from "./text.ts";

const encoder = new TextEncoder();
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) =>
  String.fromCharCode(...units)
);
const texts = fc.oneof(anyText, fc.string({ unit: "binary" }));

Deno.test("wellFormed() is the runtime's own toWellFormed()", () => {
  fc.assert(fc.property(texts, (text) => {
    assert.equal(wellFormed(text), text.toWellFormed());
  }));
});

Deno.test("utf8Length() is the length that the runtime encodes", () => {
  fc.assert(fc.property(texts, (text) => {
    assert.equal(utf8Length(text), encoder.encode(text).length);
  }));
});

Deno.test("cutToBytes() keeps as many whole characters as fit", () => {
  fc.assert(fc.property(texts, fc.nat({ max: 40 }), (text, max) => {
    const cut = cutToBytes(text, max);
    assert.ok(text.startsWith(cut));
    assert.ok(utf8Length(cut) <= max);
    const next = [...text.slice(cut.length)][0];
    if (next !== undefined) assert.ok(utf8Length(cut + next) > max);
  }));
});
