import assert from "node:assert/strict";
import fc from "fast-check";
import { increasingRoot } from "./increasing_root.ts";

/** The same by halvings alone. */
function bisected(
  f: (x: number) => number,
  [low, high]: readonly [number, number],
  tolerance: number,
): number {
  while (high - low > tolerance * high) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

Deno.test("increasingRoot() finds what bisection finds, in fewer steps", () => {
  let [steps, halvings] = [0, 0];
  fc.assert(fc.property(
    fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    fc.double({ min: 0.2, max: 5, noNaN: true }),
    fc.constantFrom(1e-6, 1e-9, 1e-12),
    (root, power, tolerance) => {
      const f = (x: number): number => x ** power - root ** power;
      const found = increasingRoot((x) => (steps++, f(x)), 0, 1, tolerance);
      const expected = bisected((x) => (halvings++, f(x)), [0, 1], tolerance);
      assert.equal(found, expected);
    },
  ));
  assert.ok(steps < halvings, `${steps} steps, ${halvings} halvings`);
});

Deno.test("increasingRoot() ends where a function jumps, and where it is flat", () => {
  const jump = (x: number): number => (x < 0.3 ? -1 : 1e9);
  assert.equal(increasingRoot(jump, 0, 1, 1e-9), bisected(jump, [0, 1], 1e-9));
  const flat = (x: number): number => (x < 0.3 ? -1 : 0);
  assert.equal(increasingRoot(flat, 0, 1, 1e-9), bisected(flat, [0, 1], 1e-9));
  assert.ok(Math.abs(increasingRoot(jump, 0, 1, 0) - 0.3) < 1e-15);
});
