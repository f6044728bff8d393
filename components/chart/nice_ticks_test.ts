import assert from "node:assert/strict";
import { niceTicks } from "./nice_ticks.ts";

Deno.test("niceTicks() are round and enclose the values", () => {
  const { min, max, ticks } = niceTicks([0.412, 0.587], 5, null);
  assert.deepEqual([min, max], [0.4, 0.6]);
  assert.deepEqual(ticks, [0.4, 0.45, 0.5, 0.55, 0.6]);
});

Deno.test("niceTicks() begin where they are told to", () => {
  assert.deepEqual(niceTicks([0.0004, 0.0011], 4, 0).ticks, [
    0,
    0.0005,
    0.001,
    0.0015,
  ]);
});

Deno.test("niceTicks() of one value, of none and of zero make an axis", () => {
  for (const values of [[], [0], [7], [-3], [5, 5], [NaN]]) {
    const { min, max, ticks } = niceTicks(values, 4, null);
    assert.ok(min < max && ticks.length >= 2, JSON.stringify(values));
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      assert.ok(min <= value && value <= max);
    }
  }
});
