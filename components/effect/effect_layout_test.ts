import assert from "node:assert/strict";
import { UTC } from "../zone.ts";
import { effectLayout } from "./effect_layout.ts";

const HOUR = 3_600_000;
const effect = (estimate: number, width: number) => ({
  estimate,
  always_valid: { lower: estimate - width, upper: estimate + width },
  fixed: { lower: estimate - width / 2, upper: estimate + width / 2 },
});
const history = {
  variant_name: "b",
  points: Array.from({ length: 8 }, (_, at) => ({
    time: at * HOUR,
    users: 100 * at,
    relative: at === 0 ? null : effect(0.1, 5 / at ** 2),
    absolute: null,
  })),
};

Deno.test("effectLayout() keeps lines, bands and marks within its bounds", () => {
  const changes = [-HOUR, 3 * HOUR, 99 * HOUR];
  const layout = effectLayout([history], "always_valid", changes, 600, UTC);
  const [series] = layout.series;
  assert.ok(series !== undefined && series.end !== null);
  const numbers = [
    ...`${series.line}${series.band}`.matchAll(/(-?[\d.]+) (-?[\d.]+)/g),
  ];
  assert.equal(numbers.length, 7 + 14);
  for (const [, x, y] of numbers) {
    assert.ok(
      Number(x) >= layout.left - 0.1 && Number(x) <= layout.right + 0.1,
    );
    assert.ok(Number(y) >= layout.top && Number(y) <= layout.bottom);
  }
  assert.equal(layout.marks.length, 1);
  assert.equal(series.end.x, layout.right);
  assert.ok(layout.zero > layout.top && layout.zero < layout.bottom);
});

Deno.test("effectLayout() is not stretched by the first, wide intervals", () => {
  const { valueTicks } = effectLayout([history], "always_valid", [], 600, UTC);
  assert.ok(!valueTicks.some(({ label }) => label === "+500%"));
});

Deno.test("effectLayout() of one point, and of none, is a chart", () => {
  const one = { ...history, points: history.points.slice(-1) };
  assert.notEqual(
    effectLayout([one], "fixed", [], 600, UTC).series[0]?.end,
    null,
  );
  const none = effectLayout(
    [{ ...history, points: [] }],
    "fixed",
    [],
    600,
    UTC,
  );
  assert.equal(none.series[0]?.line, "");
  assert.deepEqual(none.timeTicks, []);
  assert.ok(none.valueTicks.every(({ y }) => Number.isFinite(y)));
});
