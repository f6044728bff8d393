import assert from "node:assert/strict";
import { createClock } from "./clock.ts";

Deno.test("createClock() gives a later time at every call of one millisecond", () => {
  const clock = createClock(() => 1_000);
  assert.deepEqual([clock(), clock(), clock()], [
    1_000_000,
    1_000_001,
    1_000_002,
  ]);
});

Deno.test("createClock() goes on when the system's clock steps back a little", () => {
  const times = [1_000, 999.5, 1_001];
  const clock = createClock(() => times.shift() ?? 0);
  assert.deepEqual([clock(), clock(), clock()], [
    1_000_000,
    1_000_001,
    1_001_000,
  ]);
});

Deno.test("createClock() follows the system's clock when that is set back", () => {
  const times = [100_000, 5_000];
  const clock = createClock(() => times.shift() ?? 0);
  clock();
  assert.equal(clock(), 5_000_000);
});
