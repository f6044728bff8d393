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
    'Flag "tone": rolloutPct 0.5 and weights 50/50 give users 100%/0%, since ' +
    "rollout and variant read one bucket of 10000. Let in a multiple of 100 " +
    "buckets, or take weights 1/1",
  ]);
});

Deno.test("flagWarnings() says when a rollout leaves wrong proportions", () => {
  const [warning = ""] = warnings([50, 50], 1.5);
  assert.match(warning, /weights 50\/50 give users 66\.67%\/33\.33%,/);
});

Deno.test("flagWarnings() says when weights beyond 10,000 cannot be reached", () => {
  const [warning = ""] = warnings([5_000, 5_000, 5_000]);
  assert.match(warning, /give users 50%\/50%\/0%,/);
});

Deno.test("flagWarnings() says that all-zero weights give the first variant", () => {
  const [warning = ""] = warnings([0, 0]);
  assert.match(warning, /weights 0\/0 give users 100%\/0%,/);
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
  assert.match(warning, /1000\/… give/);
  assert.ok(warning.length < 400, `${warning.length}`);
});
