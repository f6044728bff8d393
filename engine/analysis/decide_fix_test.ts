import assert from "node:assert/strict";
import type { Decision, FlagAnalysis } from "./analysis.ts";
import { analyzed, simulated } from "./testing/analyzed.ts";
import { assertDecision } from "./testing/assert_decision.ts";

const N = 3000;

const BETTER = { a: { users: N, rate: 0.5 }, b: { users: N, rate: 0.6 } };

function fixed(
  analysis: FlagAnalysis,
  rule: Decision["rule"],
  reason: RegExp,
): void {
  assertDecision(analysis.decision, {
    action: "fix_experiment",
    variant: null,
    rule,
  });
  assert.match(analysis.decision.reason, reason);
  assert.equal(analysis.health.status, "failed");
}

Deno.test("the decision is to fix a split that is not as the setup says", () => {
  const builder = simulated({ a: { users: 3000, rate: 0.5 }, b: BETTER.b });
  for (let n = 0; n < 500; n++) builder.add("a", [{ outcome: "success" }]);
  fixed(
    analyzed(builder.build()),
    "sample_ratio_mismatch",
    /^Fix the experiment first: the users are not split as intended: a 3,500 \(53\.8%, intended 50\.0%\)/,
  );
});

Deno.test("the decision is to fix an assignment that puts users into several variants", () => {
  const builder = simulated(BETTER);
  builder.severalVariants = 200;
  fixed(
    analyzed(builder.build()),
    "users_in_several_variants",
    /200 of 5,800 users/,
  );
  builder.severalVariants = 20;
  const { decision } = analyzed(builder.build());
  assert.equal(decision.action, "ship");
  assert.match(decision.warnings.join(), /20 of 5,980 users/);
});

Deno.test("the decision is to fix an experiment whose config changed, unless that is accepted", () => {
  const builder = simulated(BETTER).config("b", "another", 4);
  const statistics = builder.build();
  fixed(
    analyzed(statistics),
    "config_changed",
    /“b” has had 2 configs, the latest since 2026-01-05 00:00 UTC: its/,
  );
  const { decision } = analyzed(statistics, {
    accepted_checks: ["config_changed"],
  });
  assertDecision(decision, { action: "ship", variant: "b", rule: "better" });
  assert.match(decision.warnings.join(), /2 configs/);
});

Deno.test("the decision is to fix an experiment whose weights changed, but not one that was ramped up", () => {
  const moved = simulated(BETTER).setup([["a", 90], ["b", 10]]).build();
  fixed(analyzed(moved), "setup_changed", /weights changed/);
  const ramped = simulated(BETTER).setup([["a", 50], ["b", 50]], 20).build();
  const analysis = analyzed(ramped);
  assert.equal(analysis.decision.action, "ship");
  assert.equal(analysis.health.split.status, "ok");
});
