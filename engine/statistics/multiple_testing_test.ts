import assert from "node:assert/strict";
import { benjaminiHochberg, bonferroni, holm } from "./multiple_testing.ts";
import { dominates, paretoFront } from "./pareto_front.ts";

function close(got: readonly number[], wanted: readonly number[]): void {
  assert.equal(got.length, wanted.length);
  got.forEach((value, i) =>
    assert.ok(Math.abs(value - (wanted[i] ?? NaN)) < 1e-12, `${got}`)
  );
}

Deno.test("holm() adjusts in the order of the input", () => {
  close(holm([0.01, 0.04, 0.03, 0.005, 0.55, 0.6]), [
    0.05,
    0.12,
    0.12,
    0.03,
    1,
    1,
  ]);
  close(holm([0.2]), [0.2]);
  close(holm([]), []);
});

Deno.test("benjaminiHochberg() agrees with R's p.adjust", () => {
  // p.adjust(c(.01, .02, .03, .04, .05), "BH") and of mixed order.
  close(benjaminiHochberg([0.01, 0.02, 0.03, 0.04, 0.05]), [
    0.05,
    0.05,
    0.05,
    0.05,
    0.05,
  ]);
  close(benjaminiHochberg([0.5, 0.001, 0.04, 0.9]), [
    2 / 3,
    0.004,
    0.08,
    0.9,
  ]);
});

Deno.test("Holm finds what Bonferroni finds, and Benjamini–Hochberg what Holm finds", () => {
  const p = [0.001, 0.011, 0.012, 0.2, 0.04, 0.9, 0.012];
  const [b, h, f] = [bonferroni(p), holm(p), benjaminiHochberg(p)];
  p.forEach((value, i) => {
    assert.ok((b[i] ?? NaN) >= (h[i] ?? NaN));
    assert.ok((h[i] ?? NaN) >= (f[i] ?? NaN));
    assert.ok((f[i] ?? NaN) >= value);
  });
});

Deno.test("paretoFront() keeps equal points together and drops dominated ones", () => {
  assert.deepEqual(
    paretoFront([[1, 1], [1, 1], [1, 2], [0.5, 0.5], [0.4, 0.6]], [
      "higher",
      "lower",
    ]),
    [true, true, false, true, false],
  );
  assert.deepEqual(paretoFront([], ["higher"]), []);
  assert.equal(dominates([1], [1], ["higher"]), false);
  // A figure that is missing neither dominates nor is dominated.
  assert.equal(dominates([2, NaN], [1, 1], ["higher", "higher"]), false);
});
