import assert from "node:assert/strict";
import fc from "fast-check";
import { sketchBucket, sketchQuantile, sketchValue } from "./sketch.ts";

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

Deno.test("sketchQuantile() is within 0.78% of the nearest rank", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 36_000_000 }), { minLength: 1 }),
    fc.constantFrom(0, 0.5, 0.9, 0.95, 0.99, 1),
    (list, share) => {
      const counts = new Map<number, number>();
      for (const value of list) {
        const bucket = sketchBucket(value);
        counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
      }
      const buckets = [...counts].sort(([a], [b]) => a - b);
      const sorted = [...list].sort((a, b) => a - b);
      const rank = Math.max(1, Math.ceil(share * list.length));
      const truth = sorted[rank - 1] ?? NaN;
      const found = sketchQuantile(buckets, share) ?? NaN;
      assert.ok(Math.abs(found - truth) <= truth * 0.0078);
    },
  ));
});

Deno.test("sketchQuantile() of nothing is null", () => {
  assert.equal(sketchQuantile([], 0.5), null);
});
