import assert from "node:assert/strict";
import type { ParetoAnalysis } from "./analysis.ts";
import { analyzed } from "./testing/analyzed.ts";
import { StatisticsBuilder } from "./testing/statistics_builder.ts";

/** Arms of ten successes of ten, at a cost for each call. */
function paretoOf(
  arms: {
    readonly [variant: string]: readonly [tenths: number, cost?: number];
  },
): ParetoAnalysis {
  const builder = new StatisticsBuilder([]);
  for (const [name, [tenths, cost]] of Object.entries(arms)) {
    for (let n = 0; n < 200; n++) {
      builder.add(name, [{
        outcome: n % 10 < tenths ? "success" : "failure",
        calls: [cost === undefined ? {} : { cost }],
      }]);
    }
  }
  return analyzed(builder.build()).pareto;
}

Deno.test("the front holds the variants that no other beats on both success and cost", () => {
  const { front, points } = paretoOf({
    large: [8, 0.03],
    small: [5, 0.01],
    waste: [5, 0.02],
    worst: [4, 0.04],
  });
  assert.deepEqual(front, ["small", "large"]);
  assert.deepEqual(
    points.map((
      { variant_name, dominated_by },
    ) => [variant_name, dominated_by]),
    [
      ["large", []],
      ["small", []],
      ["waste", ["small"]],
      ["worst", ["large", "small", "waste"]],
    ],
  );
  const [large] = points;
  assert.equal(large?.success, 0.8);
  assert.ok(Math.abs((large?.cost_per_success ?? 0) - 0.03 / 0.8) < 1e-12);
  assert.ok((large?.success_interval?.lower ?? 1) < 0.8);
});

Deno.test("variants that are exactly alike share the front", () => {
  assert.deepEqual(paretoOf({ a: [5, 0.01], b: [5, 0.01] }).front, ["a", "b"]);
});

Deno.test("a variant whose cost is not known is on no front, and beats no other", () => {
  const { front, points } = paretoOf({ a: [5, 0.01], b: [9] });
  assert.deepEqual(front, ["a"]);
  assert.equal(points[1]?.cost, null);
  assert.equal(points[1]?.on_front, false);
  assert.deepEqual(paretoOf({ a: [5], b: [9] }).front, []);
});
