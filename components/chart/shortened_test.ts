import assert from "node:assert/strict";
import { estimatedWidth, shortened } from "./shortened.ts";

Deno.test("shortened() keeps what fits", () => {
  assert.equal(shortened("control", 170), "control");
});

Deno.test("shortened() cuts what does not fit, and says so", () => {
  const text = shortened("a-variant-with-a-very-long-name", 80);
  assert.equal(text, "a-variant-…");
  assert.ok(estimatedWidth(text) <= 80);
});

Deno.test("shortened() never halves a character", () => {
  assert.equal(shortened("🙂🙂🙂🙂🙂🙂", 40), "🙂🙂…");
});

Deno.test("shortened() does not measure megabytes", () => {
  assert.ok(shortened("x".repeat(5_000_000), 100).length < 20);
});
