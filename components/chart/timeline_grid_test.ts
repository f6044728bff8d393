import assert from "node:assert/strict";
import type { FlagTimeline } from "../../engine/evaluation.ts";
import { samplePoint } from "../../tests/browser/sample_figures.ts";
import { timelineMetric } from "../timeline_metrics.ts";
import { timelineGrid } from "./timeline_grid.ts";

const START = Date.parse("2026-11-24T10:00:00Z");
const HOUR = 3_600_000;
const NOW = START + 4.5 * HOUR;

const TIMELINE: FlagTimeline = {
  flag_name: "flag",
  granularity: "hour",
  from: new Date(START).toISOString(),
  to: new Date(START + 6 * HOUR).toISOString(),
  series: [
    {
      variant_name: "b",
      points: [
        samplePoint(START + HOUR, { assignments: 3, success_rate: 0.5 }),
        samplePoint(START + 3 * HOUR, { assignments: 2, success_rate: 0 }),
      ],
    },
  ],
};

Deno.test("timelineGrid() has a place for every bucket of the range", () => {
  const grid = timelineGrid(TIMELINE, timelineMetric(null), [], NOW);
  assert.equal(grid.times.length, 6);
  assert.equal(grid.times[0], START);
  assert.equal(grid.current, 4);
});

Deno.test("timelineGrid() leaves a mean unknown where nothing happened, and zero where it is zero", () => {
  const grid = timelineGrid(TIMELINE, timelineMetric("success_rate"), [], NOW);
  assert.deepEqual(grid.series[0]?.values, [null, 0.5, null, 0, null, null]);
});

Deno.test("timelineGrid() counts zero from the first bucket to the last that is over, and nothing beyond", () => {
  const grid = timelineGrid(TIMELINE, timelineMetric("assignments"), [], NOW);
  assert.deepEqual(grid.series[0]?.values, [null, 3, 0, 2, null, null]);
});

Deno.test("timelineGrid() keeps the order of the flag's variants, which decides their looks", () => {
  const grid = timelineGrid(TIMELINE, timelineMetric(null), ["a", "b"], NOW);
  assert.deepEqual(
    grid.series.map(({ name, index }) => [name, index]),
    [["a", 0], ["b", 1]],
  );
  assert.ok(grid.series[0]?.values.every((value) => value === null));
});

Deno.test("timelineGrid() survives times that cannot be read", () => {
  const broken = { ...TIMELINE, from: "?", to: "?" };
  assert.deepEqual(
    timelineGrid(broken, timelineMetric(null), [], NOW).times,
    [],
  );
});
