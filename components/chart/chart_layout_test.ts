import assert from "node:assert/strict";
import { UTC } from "../zone.ts";
import { timelineMetric } from "../timeline_metrics.ts";
import { chartLayout } from "./chart_layout.ts";
import type { TimelineGrid } from "./timeline_grid.ts";

const HOUR = 3_600_000;

const GRID: TimelineGrid = {
  times: Array.from({ length: 48 }, (_, index) => index * HOUR),
  bucketMs: HOUR,
  current: 47,
  series: [
    { name: "control", index: 0, values: [0, ...Array(46).fill(null), 0.4] },
    {
      name: "a name much longer than there is room for",
      index: 1,
      values: Array(48).fill(0.4),
    },
    { name: "silent", index: 2, values: Array(48).fill(null) },
  ],
};

for (const width of [280, 560, 960, 1600]) {
  Deno.test(`chartLayout() keeps everything within ${width} pixels`, () => {
    const layout = chartLayout(
      GRID,
      timelineMetric("success_rate"),
      width,
      UTC,
    );
    assert.ok(layout.left > 0 && layout.left < layout.right);
    assert.ok(layout.right + 22 + layout.labelWidth <= width);
    for (const point of layout.points.flat()) {
      if (point === null) continue;
      assert.ok(point.x >= layout.left && point.x <= layout.right);
      assert.ok(point.y >= layout.top && point.y <= layout.bottom);
    }
    const last = layout.timeTicks.at(-1);
    assert.ok(last !== undefined && last.x <= layout.right);
  });
}

Deno.test("chartLayout() puts zero on the axis and the greatest value above", () => {
  const { points, bottom, top } = chartLayout(
    GRID,
    timelineMetric("success_rate"),
    960,
    UTC,
  );
  assert.equal(points[0]?.[0]?.y, bottom);
  assert.equal(points[1]?.[0]?.y, top);
});

Deno.test("chartLayout() names the series that have a point, apart from each other", () => {
  const { labels } = chartLayout(
    GRID,
    timelineMetric("success_rate"),
    960,
    UTC,
  );
  const [first, second, third] = labels;
  assert.ok(first !== null && first !== undefined);
  assert.ok(second !== null && second !== undefined);
  assert.ok(Math.abs(first - second) >= 16);
  assert.equal(third, null);
});
