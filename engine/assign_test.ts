import assert from "node:assert/strict";
import fc from "fast-check";
import { assignVariant, variantIndex } from "./assign.ts";
import { bucketOf } from "./bucket.ts";
import { prepareFlag } from "./flag.ts";

function flag(weights: readonly number[], rolloutPct = 100) {
  return prepareFlag({
    name: "tone",
    variants: weights.map((weight, i) => ({ name: `v${i}`, weight })),
    rolloutPct,
  });
}

Deno.test("variantIndex() lets in the buckets below the rollout's gate", () => {
  const half = flag([1], 0.5);
  assert.equal(variantIndex(half, 49), 0);
  assert.equal(variantIndex(half, 50), null);
  assert.equal(variantIndex(flag([1], 100), 9_999), 0);
  assert.equal(variantIndex(flag([1], 0), 0), null);
});

Deno.test("variantIndex() gives each variant its weight's run of points", () => {
  const three = flag([2, 0, 3]);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5].map((bucket) => variantIndex(three, bucket)),
    [0, 0, 2, 2, 2, 0],
  );
});

Deno.test("variantIndex() gives the first variant when all weights are zero", () => {
  assert.equal(variantIndex(flag([0, 0]), 9_999), 0);
});

Deno.test("variantIndex() never gives a variant of weight zero beside others", () => {
  fc.assert(fc.property(
    fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 60 })
      .filter((weights) => weights.some((weight) => weight > 0)),
    fc.nat({ max: 9_999 }),
    (weights, bucket) => {
      const index = variantIndex(flag(weights), bucket) ?? -1;
      assert.ok((weights[index] ?? 0) > 0);
    },
  ));
});

Deno.test("assignVariant() gives the variant of the user's bucket", () => {
  const two = flag([1, 1]);
  for (let i = 0; i < 100; i++) {
    const expected = `v${bucketOf("tone", `u${i}`) % 2}`;
    assert.equal(assignVariant(two, `u${i}`)?.name, expected);
  }
});

Deno.test("assignVariant() returns null when the user is outside the rollout", () => {
  assert.equal(assignVariant(flag([1, 1], 0), "user_123"), null);
});
