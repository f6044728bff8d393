import assert from "node:assert/strict";
import { leadingIndex } from "./leader.ts";

Deno.test("leadingIndex() finds the highest or the lowest", () => {
  assert.equal(leadingIndex([0.2, 0.5, 0.4], "high"), 1);
  assert.equal(leadingIndex([0.2, 0.5, 0.4], "low"), 0);
});

Deno.test("leadingIndex() passes over what is unknown", () => {
  assert.equal(leadingIndex([null, 3, 2], "low"), 2);
});

Deno.test("leadingIndex() takes zero for a value", () => {
  assert.equal(leadingIndex([0, 3], "low"), 0);
});

Deno.test("leadingIndex() is null when fewer than two are known", () => {
  assert.equal(leadingIndex([null, 3], "high"), null);
  assert.equal(leadingIndex([], "high"), null);
});

Deno.test("leadingIndex() is null when the best is shared", () => {
  assert.equal(leadingIndex([5, 1, 5], "high"), null);
});

Deno.test("leadingIndex() takes for equal what only rounding tells apart", () => {
  assert.equal(leadingIndex([0.1 + 0.2, 0.3], "low"), null);
  assert.equal(leadingIndex([0, 1e-12], "low"), 0);
});

Deno.test("leadingIndex() is not misled by a tie that is beaten later", () => {
  assert.equal(leadingIndex([5, 5, 6], "high"), 2);
});
