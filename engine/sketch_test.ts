import assert from "node:assert/strict";
import fc from "fast-check";
import { sketchBucket, sketchValue } from "./sketch.ts";

const values = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.maxSafeInteger().map(Math.abs),
);

Deno.test("sketchValue() of a value's bucket is within 0.78% of the value", () => {
  fc.assert(fc.property(values, (value) => {
    const middle = sketchValue(sketchBucket(value));
    assert.ok(Math.abs(middle - value) <= value * 0.0078, `${value} ${middle}`);
  }));
});

Deno.test("sketchBucket() grows with the value and skips no bucket", () => {
  let last = -1;
  for (let value = 0; value < 100_000; value++) {
    const bucket = sketchBucket(value);
    assert.ok(bucket === last || bucket === last + 1, `${value}`);
    last = bucket;
  }
});

Deno.test("sketchBucket() keeps the order of large values", () => {
  fc.assert(fc.property(values, values, (a, b) => {
    if (a <= b) assert.ok(sketchBucket(a) <= sketchBucket(b));
  }));
});
