import assert from "node:assert/strict";
import { linearTicks } from "./linear_ticks.ts";

Deno.test("linearTicks() starts at zero and steps in round numbers", () => {
  assert.deepEqual(linearTicks(0.7, 4, false).ticks, [0, 0.2, 0.4, 0.6, 0.8]);
  assert.deepEqual(linearTicks(930, 4, false).ticks, [0, 250, 500, 750, 1000]);
  assert.deepEqual(
    linearTicks(0.000_39, 4, false).ticks,
    [0, 0.0001, 0.0002, 0.0003, 0.0004],
  );
});

Deno.test("linearTicks() reaches the greatest value, and no step beyond", () => {
  for (const max of [1e-9, 0.03, 0.3, 1, 7, 99.9, 100, 101, 12_345, 1e12]) {
    const axis = linearTicks(max, 4, false);
    const step = (axis.ticks[1] ?? 0) - (axis.ticks[0] ?? 0);
    assert.ok(axis.max >= max * (1 - 1e-9), `${max}`);
    assert.ok(axis.max - max < step, `${max}`);
    assert.ok(axis.ticks.length <= 6, `${max}`);
  }
});

Deno.test("linearTicks() keeps counts whole", () => {
  assert.deepEqual(linearTicks(2, 4, true).ticks, [0, 1, 2]);
  for (const max of [1, 3, 5, 9, 10, 17]) {
    assert.ok(
      linearTicks(max, 4, true).ticks.every(Number.isInteger),
      `${max}`,
    );
  }
});

Deno.test("linearTicks() has an axis even where all is zero", () => {
  const axis = linearTicks(0, 4, false);
  assert.equal(axis.max, 1);
  assert.equal(axis.ticks[0], 0);
});
