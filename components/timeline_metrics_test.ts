import assert from "node:assert/strict";
import { samplePoint } from "../tests/browser/sample_figures.ts";
import { TIMELINE_METRICS, timelineMetric } from "./timeline_metrics.ts";

Deno.test("every figure of a timeline's points can be chosen", () => {
  assert.deepEqual(
    TIMELINE_METRICS.map((metric) => metric.id).sort(),
    Object.keys(samplePoint(0)).filter((key) => key !== "time").sort(),
  );
});

Deno.test("timelineMetric() falls back on the success rate", () => {
  assert.equal(timelineMetric("avg_cost").id, "avg_cost");
  assert.equal(timelineMetric("toString").id, "success_rate");
  assert.equal(timelineMetric(null).id, "success_rate");
});

Deno.test("formatTick() drops the zeros that only pad, and no others", () => {
  const tick = (id: string, value: number): string =>
    timelineMetric(id).formatTick(value);
  assert.equal(tick("avg_cost", 0.0002), "$0.0002");
  assert.equal(tick("avg_cost", 1000), "$1,000");
  assert.equal(tick("avg_latency_ms", 1500), "1.5 s");
  assert.equal(tick("avg_latency_ms", 2000), "2 s");
  assert.equal(tick("avg_latency_ms", 500), "500 ms");
  assert.equal(tick("avg_latency_ms", 0), "0 ms");
  assert.equal(tick("success_rate", 0.2), "20%");
  assert.equal(tick("success_rate", 0.025), "2.5%");
  assert.equal(tick("avg_input_tokens", 400), "400");
});

Deno.test("counts are whole, and zero where nothing came; means and rates are unknown there", () => {
  const counts = TIMELINE_METRICS.filter(({ isCount }) => isCount);
  const ids = counts.map(({ id }) => id);
  for (const id of ["assignments", "executions", "errors"] as const) {
    assert.ok(ids.includes(id), id);
  }
  assert.ok(!ids.some((id) => /^avg_|_rate$/.test(id)), ids.join());
});
