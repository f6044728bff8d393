import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { md5 } from "./md5.ts";

const reference = (text: string): string =>
  createHash("md5").update(text.toWellFormed()).digest("hex");

// Any UTF-16 code units, lone surrogates among them.
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) =>
  String.fromCharCode(...units)
);

Deno.test("md5() gives the digests of RFC 1321's test suite", () => {
  assert.equal(md5(""), "d41d8cd98f00b204e9800998ecf8427e");
  assert.equal(md5("abc"), "900150983cd24fb0d6963f7d28e17f72");
  assert.equal(
    md5("1234567890".repeat(8)),
    "57edf4a22be3c955ac49da2e2107b67a",
  );
});

Deno.test("md5() agrees with node:crypto on any text, lone surrogates as U+FFFD", () => {
  fc.assert(fc.property(
    fc.oneof(anyText, fc.string({ unit: "binary" })),
    (text) => assert.equal(md5(text), reference(text)),
  ));
});

Deno.test("md5() agrees with node:crypto on every length around its blocks", () => {
  for (const unit of ["a", "é", "漢", "😀"]) {
    for (let length = 0; length <= 200; length++) {
      const text = unit.repeat(length);
      assert.equal(md5(text), reference(text), `${unit} × ${length}`);
    }
  }
});

Deno.test("md5() agrees with node:crypto on ten million bytes", () => {
  const text = "0123456789".repeat(1_000_000);
  assert.equal(md5(text), reference(text));
});
