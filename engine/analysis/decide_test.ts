import assert from "node:assert/strict";
import type { Decision } from "./analysis.ts";
import type { AnalysisRequest } from "./resolve_options.ts";
import { analyzed, simulated, type SimulatedArm } from "./testing/analyzed.ts";
import { StatisticsBuilder } from "./testing/statistics_builder.ts";
import { assertDecision } from "./testing/assert_decision.ts";
import type { Expected } from "./testing/assert_decision.ts";

const N = 3000;

function decisionOn(
  arms: { readonly [variant: string]: SimulatedArm },
  request: AnalysisRequest = {},
): Decision {
  return analyzed(simulated(arms).build(), request).decision;
}

/** Of the decision table: what the arms do, and what must be decided. */
const CASES: readonly (readonly [
  name: string,
  arms: { readonly [variant: string]: SimulatedArm },
  request: AnalysisRequest,
  expected: Expected,
  reason: RegExp,
])[] = [
  [
    "ships a variant that succeeds more often",
    { a: { users: N, rate: 0.5 }, b: { users: N, rate: 0.6 } },
    {},
    { action: "ship", variant: "b", rule: "better" },
    /^Ship b: it has a success rate of \d\d\.\d% against \d\d\.\d% \(\+.* points, 95% interval \+/,
  ],
  [
    "says what a better variant costs",
    { a: { users: N, rate: 0.5 }, b: { users: N, rate: 0.6, cost: 0.02 } },
    {},
    { action: "ship", variant: "b", rule: "better" },
    /, but a cost per call of \$0\.02\d* against \$0\.002\d* \(\+\d+%\)\.$/,
  ],
  [
    "does not ship a better variant that breaks a guardrail",
    {
      a: { users: N, rate: 0.5 },
      b: { users: N, rate: 0.6, errors: 0.1 },
    },
    {},
    { action: "keep_control", variant: "a", rule: "guardrail_failed" },
    /^Keep a: “b” has an error rate of .* beyond the 1\.0 points that its guardrail allows, though a success rate of /,
  ],
  [
    "waits with a better variant while a guardrail looks broken",
    {
      a: { users: 600, rate: 0.5 },
      b: { users: 600, rate: 0.65, errors: 0.045 },
    },
    {},
    { action: "keep_running", variant: null, rule: "guardrail_pending" },
    /but also an error rate of .* beyond the 1\.0 points that its guardrail allows, which is not certain yet\.$/,
  ],
  [
    "takes further guardrails",
    {
      a: { users: N, rate: 0.5 },
      b: { users: N, rate: 0.6, cost: 0.004 },
    },
    {
      guardrails: [{
        metric: "cost_per_call",
        margin: { kind: "relative", value: 0.2 },
      }],
    },
    { action: "keep_control", variant: "a", rule: "guardrail_failed" },
    /beyond the 20% that its guardrail allows/,
  ],
  [
    "ships a variant that is not worse and cheaper, and states the margin",
    {
      a: { users: 20_000, rate: 0.9 },
      b: { users: 20_000, rate: 0.9, cost: 0.001 },
    },
    {},
    { action: "ship", variant: "b", rule: "not_worse_and_cheaper" },
    /^Ship b: it has a cost per call of .* which is not worse by more than the margin of 2%\.$/,
  ],
  [
    "does not ship a cheaper variant while it may be worse than the margin",
    {
      a: { users: N, rate: 0.5 },
      b: { users: N, rate: 0.5, cost: 0.001 },
    },
    {},
    { action: "keep_running", variant: null, rule: "unclear" },
    /^Keep running: “b” has .* not certain yet/,
  ],
  [
    "does not call cheaper what is known for few calls",
    {
      a: { users: 20_000, rate: 0.9 },
      b: { users: 20_000, rate: 0.9, cost: 0.001, costKnown: 0.5 },
    },
    {},
    { action: "keep_control", variant: "a", rule: "equivalent" },
    /nothing shows it to be cheaper/,
  ],
  [
    "keeps the control against a variant that is worse",
    { a: { users: N, rate: 0.6 }, b: { users: N, rate: 0.5 } },
    {},
    { action: "keep_control", variant: "a", rule: "worse" },
    /^Keep a: “b” has a success rate of .* \(−/,
  ],
  [
    "keeps the control against a variant that never succeeds",
    { a: { users: N, rate: 0.6 }, b: { users: N, rate: 0 } },
    {},
    { action: "keep_control", variant: "a", rule: "worse" },
    /success rate of 0\.0% against/,
  ],
  [
    "keeps the control against a variant that is as good and costs as much",
    {
      a: { users: 60_000, rate: 0.9, cost: 0.002, spread: 0 },
      b: { users: 60_000, rate: 0.9, cost: 0.002, spread: 0 },
    },
    { margin: { kind: "absolute", value: 0.02 } },
    { action: "keep_control", variant: "a", rule: "equivalent" },
    /as good within the margin of 2\.0 points/,
  ],
  [
    "keeps running while a variant has fewer than 100 users, and says how many are missing",
    { a: { users: 60, rate: 0.5 }, b: { users: 150, rate: 0.9 } },
    { accepted_checks: ["sample_ratio"] },
    { action: "keep_running", variant: null, rule: "not_enough_data" },
    /“a” has 60 of the 100 users it takes/,
  ],
  [
    "ships the better of two better variants",
    {
      a: { users: N, rate: 0.5 },
      b: { users: N, rate: 0.6 },
      c: { users: N, rate: 0.7 },
    },
    {},
    { action: "ship", variant: "c", rule: "better" },
    /^Ship c/,
  ],
  [
    "ships the better one past a broken guardrail of another",
    {
      a: { users: N, rate: 0.5 },
      b: { users: N, rate: 0.6 },
      c: { users: N, rate: 0.7, errors: 0.2 },
    },
    {},
    { action: "ship", variant: "b", rule: "better" },
    /^Ship b/,
  ],
  [
    "keeps running while one of several variants is open",
    {
      a: { users: N, rate: 0.5 },
      b: { users: N, rate: 0.4 },
      c: { users: N, rate: 0.5 },
    },
    {},
    { action: "keep_running", variant: null, rule: "unclear" },
    /^Keep running: “c” /,
  ],
  [
    "does not ship on outcomes that are missing where it goes wrong",
    {
      a: { users: N, rate: 0.6 },
      b: { users: N, rate: 0.75, unmarked: 0.5 },
    },
    {},
    { action: "fix_experiment", variant: null, rule: "outcomes_missing" },
    /no outcome/,
  ],
  [
    "compares with another control",
    { a: { users: N, rate: 0.6 }, b: { users: N, rate: 0.5 } },
    { control: "b" },
    { action: "ship", variant: "a", rule: "better" },
    /^Ship a/,
  ],
  [
    "decides about another metric",
    {
      a: { users: N, rate: 0.5 },
      b: { users: N, rate: 0.5, latency: 500 },
    },
    { metric: "latency_mean" },
    { action: "ship", variant: "b", rule: "better" },
    /a mean latency of \d+ ms against \d+ ms \(−/,
  ],
];

for (const [name, arms, request, expected, reason] of CASES) {
  Deno.test(`the decision ${name}`, () => {
    const decision = decisionOn(arms, request);
    assertDecision(decision, expected);
    assert.match(decision.reason, reason);
  });
}

const BETTER = { a: { users: N, rate: 0.5 }, b: { users: N, rate: 0.6 } };

Deno.test("the decision is to keep running while only one variant has users", () => {
  const builder = new StatisticsBuilder(["a"]);
  for (let n = 0; n < 500; n++) builder.add("a", [{ outcome: "success" }]);
  const analysis = analyzed(builder.build());
  assertDecision(analysis.decision, {
    action: "keep_running",
    variant: null,
    rule: "one_variant",
  });
  assert.match(analysis.decision.reason, /only one variant has users/);
});

Deno.test("the decision says when nobody marks outcomes", () => {
  const { decision } = analyzed(
    simulated({
      a: { users: 500, rate: 0.5, unmarked: 1 },
      b: { users: 500, rate: 0.5, unmarked: 1 },
    }).build(),
  );
  assertDecision(decision, {
    action: "keep_running",
    variant: null,
    rule: "not_enough_data",
  });
  assert.match(decision.reason, /since no variant has any outcomes\.$/);
});

Deno.test("the decision carries how sure it is, of the metric that decided", () => {
  const better = decisionOn(BETTER).confidence;
  assert.equal(better?.metric, "success_rate");
  assert.equal(better?.level, 0.95);
  assert.ok((better?.p_value ?? 1) < 0.05);
  assert.ok((better?.chance_to_beat_control ?? 0) > 0.99);
  assert.ok((better?.expected_loss ?? 1) < 1e-4);
  const cheaper = decisionOn({
    a: { users: 20_000, rate: 0.9 },
    b: { users: 20_000, rate: 0.9, cost: 0.001 },
  }).confidence;
  assert.equal(cheaper?.metric, "cost_per_call");
  const broken = decisionOn({
    a: { users: N, rate: 0.5 },
    b: { users: N, rate: 0.6, errors: 0.1 },
  }).confidence;
  assert.equal(broken?.metric, "error_rate");
});

Deno.test("with three variants it takes more to be better than with two", () => {
  // One and the same difference, alone and beside a third variant.
  const arms = {
    a: { users: 2000, rate: 0.5 },
    b: { users: 2000, rate: 0.5615 },
  };
  const two = analyzed(simulated(arms).build());
  const p = two.metrics[0]?.variants[1]?.comparison?.p_values;
  assert.equal(p?.holm, p?.always_valid);
  const three = analyzed(
    simulated({ ...arms, c: { users: 2000, rate: 0.5 } }).build(),
  );
  const corrected = three.metrics[0]?.variants[1]?.comparison?.p_values;
  assert.equal(corrected?.always_valid, p?.always_valid);
  assert.equal(corrected?.holm, Math.min(1, 2 * (p?.always_valid ?? 1)));
});
