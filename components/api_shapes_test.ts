import assert from "node:assert/strict";
import { isFlagEvaluation, isFlagOverview } from "./api_shapes.ts";
import { isFlagEffects, isFlagTimeline } from "./trends_shapes.ts";

Deno.test("isFlagOverview() takes a page of flags and nothing else", () => {
  const query = { search: "", order: "name", page: 1 };
  assert.equal(isFlagOverview({ query, flags: [] }), true);
  assert.equal(isFlagOverview({ query, flags: [{ summary: {} }] }), true);
  for (
    const other of [null, [], "x", {}, { flags: [] }, { query, flags: [1] }]
  ) {
    assert.equal(isFlagOverview(other), false);
  }
});

Deno.test("isFlagEffects() takes effects by variant and nothing else", () => {
  const named = [{ variant_name: "a" }];
  assert.equal(isFlagEffects({ effects: named, new_users: named }), true);
  for (const other of [null, {}, { effects: named }, { effects: [1] }]) {
    assert.equal(isFlagEffects(other), false);
  }
});

Deno.test("isFlagEvaluation() takes a flag with variants and nothing else", () => {
  const variants = [{ variant_name: "a" }];
  assert.equal(isFlagEvaluation({ flag_name: "f", variants }), true);
  assert.equal(isFlagEvaluation({ flag_name: 1, variants }), false);
  assert.equal(isFlagEvaluation({ flag_name: "f", variants: [{}] }), false);
  assert.equal(isFlagEvaluation({ title: "Not Found", status: 404 }), false);
});

Deno.test("isFlagTimeline() takes series of a known granularity and nothing else", () => {
  const series = [{ variant_name: "a", points: [] }];
  assert.equal(isFlagTimeline({ granularity: "hour", series }), true);
  assert.equal(isFlagTimeline({ granularity: "week", series }), false);
  assert.equal(isFlagTimeline({ granularity: "hour" }), false);
});
