import assert from "node:assert/strict";
import { SIMULATIONS } from "./simulation/checks.ts";
import { isRight } from "./simulation/simulated_figure.ts";

/** Few, for the gate; `deno task simulate` draws as many as one asks for. */
const REPLICATES = 40;

for (const { title, run } of SIMULATIONS) {
  Deno.test(`simulation: ${title}`, () => {
    for (const figure of run(REPLICATES)) {
      const { label, value, min = "-", max = "-" } = figure;
      assert.ok(isRight(figure), `${label}: ${value}, from ${min} to ${max}`);
    }
  });
}

Deno.test("a simulated figure out of place is called so", () => {
  const figure = { label: "", trials: 100 };
  assert.equal(isRight({ ...figure, value: 0.2, max: 0.05 }), false);
  assert.equal(isRight({ ...figure, value: 0.8, min: 0.95 }), false);
  assert.equal(isRight({ ...figure, value: 0.1, max: 0.05 }), true);
  assert.equal(isRight({ ...figure, value: 1, min: 0.95 }), true);
  assert.equal(isRight({ ...figure, value: 0, max: 0.05 }), true);
  assert.equal(isRight({ label: "", trials: 5, value: 0.6, min: 0.94 }), true);
  assert.equal(isRight({ label: "", trials: null, value: 2, max: 1 }), false);
});
