import assert from "node:assert/strict";
import { prepareFlag } from "./flag.ts";
import { flagWarnings } from "./flag_warnings.ts";

function warnings(weights: readonly number[], rolloutPct = 100): string[] {
  return flagWarnings(prepareFlag({
    name: "tone",
    variants: weights.map((weight, i) => ({ name: `v${i}`, weight })),
    rolloutPct,
  }));
}

Deno.test("flagWarnings() says that 0.5% with 50/50 puts everybody in the first", () => {
  assert.deepEqual(warnings([50, 50], 0.5), [
    'Flag "tone": rollout and variant share one bucket, and rolloutPct 0.5 ' +
    "lets in 50 of 10000 buckets for weights that add up to 100. Users get " +
    '"v0" 100% instead of 50%, "v1" 0% instead of 50%; 1 of 2 variants are ' +
    "never reached. Choose a rollout that lets in a multiple of 100 buckets, " +
    "or weights 1/1, which add up to 2",
  ]);
});

Deno.test("flagWarnings() says when a rollout leaves wrong proportions", () => {
  const [warning = ""] = warnings([50, 50], 1.5);
  assert.match(warning, /"v0" 66\.67% instead of 50%/);
  assert.doesNotMatch(warning, /never reached/);
});

Deno.test("flagWarnings() says when weights beyond 10,000 cannot be reached", () => {
  const [warning = ""] = warnings([5_000, 5_000, 5_000]);
  assert.match(warning, /1 of 3 variants are never reached/);
});

Deno.test("flagWarnings() says that all-zero weights give the first variant", () => {
  assert.deepEqual(warnings([0, 0]), [
    'Flag "tone": every weight is 0, so that everybody gets "v0"',
  ]);
});

Deno.test("flagWarnings() says when a rollout is too small for anybody", () => {
  assert.match(warnings([50, 50], 0.009)[0] ?? "", /lets nobody in/);
});

Deno.test("flagWarnings() says when variants share a name", () => {
  const flag = prepareFlag({
    name: "tone",
    variants: [{ name: "a" }, { name: "b" }, { name: "a" }, { name: "a" }],
  });
  assert.match(flagWarnings(flag)[0] ?? "", /several variants are named "a"/);
});

Deno.test("flagWarnings() is silent when the shares are as declared", () => {
  assert.deepEqual(warnings([50, 50]), []);
  assert.deepEqual(warnings([1, 1, 1]), []);
  assert.deepEqual(warnings([33, 33, 34], 50), []);
  assert.deepEqual(warnings([0, 100]), []);
  assert.deepEqual(warnings([50, 50], 0), []);
  assert.deepEqual(warnings([50], 0.5), []);
  assert.deepEqual(warnings([1, 1], 0.5), []);
});

Deno.test("flagWarnings() stays short with fifty variants", () => {
  const [warning = ""] = warnings(new Array(50).fill(1_000));
  assert.match(warning, /and 45 more/);
  assert.ok(warning.length < 700, `${warning.length}`);
});
