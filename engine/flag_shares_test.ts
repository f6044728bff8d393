import assert from "node:assert/strict";
import fc from "fast-check";
import { variantIndex } from "./assign.ts";
import { prepareFlag } from "./flag.ts";
import { variantBuckets } from "./flag_shares.ts";

Deno.test("variantBuckets() is what counting every bucket gives", () => {
  fc.assert(fc.property(
    fc.array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 12 }),
    fc.double({ min: 0, max: 100, noNaN: true }),
    (weights, rolloutPct) => {
      const flag = prepareFlag({
        name: "tone",
        variants: weights.map((weight, i) => ({ name: `v${i}`, weight })),
        rolloutPct,
      });
      const counts = weights.map(() => 0);
      for (let bucket = 0; bucket < 10_000; bucket++) {
        const index = variantIndex(flag, bucket);
        if (index !== null) counts[index] = (counts[index] ?? 0) + 1;
      }
      assert.deepEqual(variantBuckets(flag), counts);
    },
  ));
});

Deno.test("variantBuckets() gives everybody to the first variant where all weights are 0", () => {
  const flag = prepareFlag({
    name: "tone",
    variants: ["a", "b", "c"].map((name) => ({ name, weight: 0 })),
    rolloutPct: 30,
  });
  assert.deepEqual(variantBuckets(flag), [3_000, 0, 0]);
});
