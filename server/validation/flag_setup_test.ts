import assert from "node:assert/strict";
import { flagSetup } from "./flag_setup.ts";
import { LIMITS } from "./limits.ts";

const { check } = flagSetup("");
const setup = { rollout_pct: 33.3, variants: [["a", 50], ["b", 0]] };

Deno.test("flagSetup() takes a flag's settings, and nothing for unknown", () => {
  assert.deepEqual(check(setup), { ok: true, value: setup });
  assert.deepEqual(check({ ...setup, more: 1 }), { ok: true, value: setup });
  for (const nothing of [null, undefined]) {
    assert.deepEqual(check(nothing), { ok: true, value: null });
  }
});

Deno.test("flagSetup() says what settings must be", () => {
  const { setupVariants, weight } = LIMITS;
  const list =
    `an object whose variants is a list of 1 to ${setupVariants} pairs [name, weight]`;
  const pair = "is a pair of a name of 1 to 512 bytes and an integer from 0 " +
    `to ${weight}`;
  const first = `an object whose variants[0] ${pair}`;
  const rollout = "an object whose rollout_pct is a number from 0 to 100";
  const cases: [unknown, string][] = [
    [{}, `${rollout}, got nothing`],
    [{ ...setup, rollout_pct: 101 }, `${rollout}, got 101`],
    [{ ...setup, rollout_pct: "50" }, `${rollout}, got "50"`],
    [{ ...setup, rollout_pct: NaN }, `${rollout}, got NaN`],
    [{ ...setup, variants: {} }, `${list}, got an object`],
    [{ ...setup, variants: [] }, `${list}, got 0`],
    [
      { ...setup, variants: Array(setupVariants + 1).fill(["a", 1]) },
      `${list}, got ${setupVariants + 1}`,
    ],
    [{ ...setup, variants: [["a", 50, 1]] }, `${first}, got ["a", 50, 1]`],
    [{ ...setup, variants: [["", 50]] }, `${first}, got ["", 50]`],
    [{ ...setup, variants: [["a", -1]] }, `${first}, got ["a", -1]`],
    [{ ...setup, variants: [["a", 0.5]] }, `${first}, got ["a", 0.5]`],
    [
      { ...setup, variants: [["a", 1], ["b", weight + 1]] },
      `an object whose variants[1] ${pair}, got ["b", ${weight + 1}]`,
    ],
    [{ ...setup, variants: ["a"] }, `${first}, got "a"`],
  ];
  for (const [value, message] of cases) {
    assert.deepEqual(check(value), {
      ok: false,
      message: `must be ${message}`,
    });
  }
  for (const value of [7, []]) {
    const checked = check(value);
    assert.ok(!checked.ok);
    assert.match(checked.message, /^must be \{"rollout_pct".*, got /);
  }
});
