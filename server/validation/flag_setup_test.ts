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
  const most = LIMITS.setupVariants;
  for (
    const wrong of [
      7,
      [],
      {},
      { ...setup, rollout_pct: 101 },
      { ...setup, rollout_pct: "50" },
      { ...setup, rollout_pct: NaN },
      { ...setup, variants: {} },
      { ...setup, variants: [] },
      { ...setup, variants: Array(most + 1).fill(["a", 1]) },
      { ...setup, variants: [["a", 50, 1]] },
      { ...setup, variants: [["", 50]] },
      { ...setup, variants: [["a", -1]] },
      { ...setup, variants: [["a", 0.5]] },
      { ...setup, variants: [["a", LIMITS.weight + 1]] },
      { ...setup, variants: ["a"] },
    ]
  ) {
    const checked = check(wrong);
    assert.ok(!checked.ok, JSON.stringify(wrong));
    assert.match(checked.message, /^must be \{"rollout_pct".*, got /);
  }
});
