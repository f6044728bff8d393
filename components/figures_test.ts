import assert from "node:assert/strict";
import { busyVariant, sampleVariant } from "../tests/browser/sample_figures.ts";
import { FIGURE_GROUPS } from "./figures.ts";

const FIGURES = FIGURE_GROUPS.flatMap((group) => group.figures);

/** What a count is over is shown as the detail of its mean. */
const DETAILS = [
  "latency_count",
  "cost_count",
  "input_tokens_count",
  "output_tokens_count",
];

/** Shown in rows of their own shape. */
const OTHER_ROWS = ["variant_name", "custom_events", "config"];

Deno.test("every field of an evaluation is shown once", () => {
  const shown = FIGURES.map((figure) => figure.id);
  assert.deepEqual(
    [...shown, ...DETAILS, ...OTHER_ROWS].sort(),
    Object.keys(sampleVariant()).sort(),
  );
});

Deno.test("a figure that is unknown is read as null, never as zero", () => {
  const unknown = FIGURES
    .filter((figure) => figure.read(sampleVariant()) === null)
    .map((figure) => figure.id);
  assert.deepEqual(unknown, [
    "success_rate",
    "error_rate",
    "avg_latency_ms",
    "p50_latency_ms",
    "p90_latency_ms",
    "p95_latency_ms",
    "p99_latency_ms",
    "avg_cost",
    "cost_per_success",
    "total_cost",
    "avg_input_tokens",
    "avg_output_tokens",
    "total_input_tokens",
    "total_output_tokens",
  ]);
});

Deno.test("every mean and rate says how many it is over", () => {
  const variant = {
    ...busyVariant("a", 1),
    latency_count: 11,
    cost_count: 12,
    input_tokens_count: 13,
    output_tokens_count: 14,
  };
  const details = Object.fromEntries(
    FIGURES.map((figure) => [figure.id, figure.detail(variant)]),
  );
  assert.equal(details["avg_latency_ms"], "over 11");
  assert.equal(details["p99_latency_ms"], "over 11");
  assert.equal(details["avg_cost"], "over 12");
  assert.equal(details["avg_input_tokens"], "over 13");
  assert.equal(details["avg_output_tokens"], "over 14");
  assert.equal(details["success_rate"], "517 of 954");
  assert.equal(details["success_per_assignment"], "517 of 994");
  assert.equal(details["error_rate"], "12 of 2,982");
  assert.equal(details["users"], null);
});
