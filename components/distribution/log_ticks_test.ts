import assert from "node:assert/strict";
import { logTicks } from "./log_ticks.ts";

Deno.test("logTicks() are round, within the range, and no more than wanted", () => {
  assert.deepEqual(logTicks(80, 3_000, 8), [100, 200, 500, 1000, 2000]);
  assert.deepEqual(logTicks(0.00002, 0.006, 4), [0.0001, 0.001]);
  assert.deepEqual(logTicks(1, 1e12, 5), [1, 1000, 1e6, 1e9, 1e12]);
});

Deno.test("logTicks() of a range without room for any are none", () => {
  assert.deepEqual(logTicks(0, 10, 5), []);
  assert.deepEqual(logTicks(10, 1, 5), []);
  assert.deepEqual(logTicks(NaN, 1, 5), []);
});
