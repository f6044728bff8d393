import assert from "node:assert/strict";
import { Shares } from "./shares.ts";
import { TokenBuckets } from "./token_buckets.ts";

Deno.test("Shares keep what is left of one from another", () => {
  const shares = new Shares(10, 6);
  assert.equal(shares.take("a", 6), "taken");
  assert.equal(shares.take("a", 1), "each");
  assert.equal(shares.take("b", 5), "total");
  assert.equal(shares.take("b", 4), "taken");
  assert.equal(shares.used, 10);
  shares.give("a", 6);
  assert.equal(shares.take("b", 2), "taken");
  assert.equal(shares.take("b", 1), "each");
  assert.equal(shares.used, 6);
});

Deno.test("TokenBuckets fill at their rate, up to their size", () => {
  let now = 0;
  const buckets = new TokenBuckets(2, 4, () => now);
  const taken = (): boolean => buckets.take("a").ok;
  assert.deepEqual([1, 2, 3, 4, 5].map(taken), [true, true, true, true, false]);
  assert.deepEqual(buckets.take("a"), { ok: false, left: 0, wait: 1 });
  assert.equal(buckets.take("b").ok, true);
  now = 500;
  assert.deepEqual([1, 2].map(taken), [true, false]);
  now = 60_000;
  assert.deepEqual([1, 2, 3, 4, 5].map(taken), [true, true, true, true, false]);
});

Deno.test("TokenBuckets remember what is owed", () => {
  let now = 0;
  const buckets = new TokenBuckets(1, 2, () => now);
  buckets.charge("a", 5);
  assert.deepEqual(buckets.look("a"), { ok: false, left: 0, wait: 4 });
  now = 4000;
  assert.equal(buckets.take("a").ok, true);
});
