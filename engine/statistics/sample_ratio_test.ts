import assert from "node:assert/strict";
import { sampleRatioTest } from "./sample_ratio.ts";
import { sequentialSampleRatioPValue } from "./sequential_sample_ratio.ts";

Deno.test("sampleRatioTest() has nothing to test without users or arms", () => {
  assert.equal(sampleRatioTest([], []).pValue, 1);
  assert.equal(sampleRatioTest([5], [1]).pValue, 1);
  assert.equal(sampleRatioTest([0, 0], [1, 1]).pValue, 1);
  assert.equal(sequentialSampleRatioPValue([], []), 1);
  assert.equal(sequentialSampleRatioPValue([5], [1]), 1);
  assert.equal(sequentialSampleRatioPValue([0, 0], [1, 1]), 1);
});

Deno.test("an arm of weight 0 is left out with its users", () => {
  const two = sampleRatioTest([1000, 1200], [1, 1]);
  assert.deepEqual(sampleRatioTest([1000, 1200, 900], [5, 5, 0]), two);
  assert.equal(
    sequentialSampleRatioPValue([1000, 1200, 900], [5, 5, 0]),
    sequentialSampleRatioPValue([1000, 1200], [1, 1]),
  );
});

Deno.test("sampleRatioTest() says how few users an arm should have", () => {
  assert.equal(sampleRatioTest([90, 10], [9, 1]).smallestExpected, 10);
});

Deno.test("sequentialSampleRatioPValue() finds a broken arm and stays calm with a good one", () => {
  assert.ok(sequentialSampleRatioPValue([30, 0], [1, 1]) < 0.001);
  assert.ok(sequentialSampleRatioPValue([10000, 11000], [1, 1]) < 1e-6);
  assert.ok(sequentialSampleRatioPValue([10000, 10150], [1, 1]) > 0.05);
  assert.ok(sequentialSampleRatioPValue([5e9, 5.001e9], [1, 1]) < 1e-6);
  assert.ok(sequentialSampleRatioPValue([5e9, 5e9 + 5e4], [1, 1]) > 0.05);
});
