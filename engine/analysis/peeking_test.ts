import assert from "node:assert/strict";
import { peek } from "./testing/peeking.ts";

const ALIKE = {
  rate: 0.5,
  assignments: 2,
  spread: 0.3,
  latency: null,
} as const;
const LOOKED = { runs: 60, looks: 12, users: 1800, seed: 3 } as const;

Deno.test("a team that looks at twelve figures of equal variants, and acts on each, rarely ships", () => {
  const { ship, fix_experiment } = peek({
    ...LOOKED,
    control: ALIKE,
    treatment: ALIKE,
  });
  // 5% is what is promised.
  assert.ok(ship <= 3, `${ship} of 60 shipped`);
  assert.equal(fix_experiment, 0);
});

Deno.test("the same looks at fixed intervals ship what is no better: what the default guards against", () => {
  const { ship, keep_control } = peek({
    ...LOOKED,
    control: ALIKE,
    treatment: ALIKE,
    request: { interval: "fixed" },
  });
  assert.ok(ship + keep_control >= 9, `${ship} and ${keep_control} of 60`);
});

Deno.test("a team that looks twelve times ships a variant that is better, and never one that is worse", () => {
  const better = { ...ALIKE, rate: 0.58 };
  const won = peek({ ...LOOKED, control: ALIKE, treatment: better });
  assert.ok(won.ship >= 54, `${won.ship} of 60 shipped`);
  const lost = peek({ ...LOOKED, runs: 30, control: better, treatment: ALIKE });
  assert.equal(lost.ship, 0);
  assert.ok(lost.keep_control >= 27, `${lost.keep_control} of 30 kept`);
});
