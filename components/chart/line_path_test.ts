import assert from "node:assert/strict";
import { isLone, linePath } from "./line_path.ts";

const a = { x: 0, y: 1 };
const b = { x: 10.04, y: 2.06 };

Deno.test("linePath() joins neighbours", () => {
  assert.equal(linePath([a, b]), "M0 1L10 2.1");
});

Deno.test("linePath() breaks where a value is unknown", () => {
  assert.equal(linePath([a, null, b, a, null]), "M0 1M10 2.1L0 1");
  assert.equal(linePath([null, null]), "");
});

Deno.test("isLone() finds points that no line reaches", () => {
  const points = [a, null, b, null, a, b];
  assert.deepEqual(points.map((_, index) => isLone(points, index)), [
    true,
    false,
    true,
    false,
    false,
    false,
  ]);
});
