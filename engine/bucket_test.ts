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

Deno.test("bucketOf() agrees with node:crypto wherever flag and user meet a block", () => {
  const reference = (text: string): number => {
    const hex = createHash("md5").update(text.toWellFormed()).digest("hex");
    return Number(BigInt(`0x${hex}`) % BigInt(BUCKET_COUNT));
  };
  for (const unit of ["a", "é", "漢", "😀", "\ud800", "aé漢😀"]) {
    for (let flags = 0; flags < 6; flags++) {
      const flag = "é".repeat(flags) + "f".repeat(flags);
      for (let length = 0; length < 90; length++) {
        const user = unit.repeat(length) + "a".repeat(flags);
        assert.equal(
          bucketOf(flag, user),
          reference(`${flag}:${user}`),
          `${flag} ${unit} × ${length}`,
        );
      }
    }
  }
  for (const length of [300, 330, 340, 1_000]) {
    const long = "漢".repeat(length);
    assert.equal(bucketOf("f", long), reference(`f:${long}`));
    assert.equal(bucketOf(long, "u"), reference(`${long}:u`));
  }
});
