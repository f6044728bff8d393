import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { BUCKET_COUNT, bucketOf } from "./bucket.ts";

Deno.test("bucketOf() is the 128-bit digest modulo 10,000", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary" }),
      (flag, user) => {
        const hex = createHash("md5").update(`${flag}:${user}`).digest("hex");
        const bucket = Number(BigInt(`0x${hex}`) % BigInt(BUCKET_COUNT));
        assert.equal(bucketOf(flag, user), bucket);
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("bucketOf() counts a lone surrogate as U+FFFD", () => {
  assert.equal(bucketOf("f", "a\ud800"), bucketOf("f", "a\ufffd"));
  assert.equal(bucketOf("f\ud83d", "\ude00"), bucketOf("f\ufffd", "\ufffd"));
});

Deno.test("bucketOf() keeps nothing of an earlier call", () => {
  const first = bucketOf("tone", "user_1");
  bucketOf("x".repeat(1_000), "漢".repeat(1_000));
  assert.equal(bucketOf("tone", "user_1"), first);
});
