import assert from "node:assert/strict";
import type { GuardrailVerdict } from "./analysis.ts";
import type { Guardrail } from "./analysis_options.ts";
import { analyzed } from "./testing/analyzed.ts";
import { StatisticsBuilder } from "./testing/statistics_builder.ts";

/** Two arms of single calls, of which so many carry an error. */
function verdictOn(
  [control, treatment]: readonly [number, number],
  users: number,
  guardrail: Guardrail,
): GuardrailVerdict {
  const builder = new StatisticsBuilder([]);
  for (let n = 0; n < users; n++) {
    const call = { latencyMs: 100 + n % 7 };
    builder.add("a", [{ calls: [{ ...call, error: n < control }] }]);
    builder.add("b", [{ calls: [{ ...call, error: n < treatment }] }]);
  }
  const [verdict] = analyzed(builder.build(), { guardrails: [guardrail] })
    .guardrails;
  assert.ok(verdict !== undefined);
  return verdict;
}

const ONE_POINT: Guardrail = {
  metric: "error_rate",
  margin: { kind: "absolute", value: 0.01 },
};

Deno.test("a guardrail fails on errors that only the variant has, though the control has too few to compare", () => {
  const { verdict, harm, harm_interval } = verdictOn([0, 60], 1000, ONE_POINT);
  assert.equal(verdict, "fail");
  assert.equal(harm, 0.06);
  assert.ok((harm_interval?.lower ?? 0) > 0.01);
});

Deno.test("a guardrail passes where hardly anything happens on either side, once there are users enough", () => {
  assert.equal(verdictOn([2, 3], 5000, ONE_POINT).verdict, "pass");
  assert.equal(verdictOn([0, 0], 5000, ONE_POINT).verdict, "pass");
  // None of 200 is no proof of fewer than one in a hundred.
  assert.equal(verdictOn([0, 0], 200, ONE_POINT).verdict, "pending");
});

Deno.test("a guardrail waits for 100 users in both arms", () => {
  const { verdict, harm } = verdictOn([0, 50], 99, ONE_POINT);
  assert.deepEqual([verdict, harm], ["not_enough_data", null]);
});

Deno.test("a guardrail's relative margin is a share of the control's figure", () => {
  const within: Guardrail = {
    metric: "error_rate",
    margin: { kind: "relative", value: 0.5 },
  };
  const { verdict, harm, harm_interval } = verdictOn([400, 410], 4000, within);
  assert.equal(verdict, "pass");
  assert.ok(Math.abs((harm ?? 0) - 0.025) < 1e-12);
  assert.ok((harm_interval?.upper ?? 1) < 0.5);
  assert.equal(verdictOn([400, 800], 4000, within).verdict, "fail");
  assert.equal(verdictOn([400, 600], 4000, within).verdict, "pending");
});

Deno.test("a guardrail on a metric of which more is better counts a fall as harm", () => {
  const builder = new StatisticsBuilder([]);
  for (let n = 0; n < 2000; n++) {
    builder.add("a", [{ outcome: n % 10 < 8 ? "success" : "failure" }]);
    builder.add("b", [{ outcome: n % 10 < 6 ? "success" : "failure" }]);
  }
  const [verdict] = analyzed(builder.build(), {
    metric: "success_per_assignment",
    guardrails: [{
      metric: "success_rate",
      margin: { kind: "absolute", value: 0.05 },
    }],
  }).guardrails;
  assert.equal(verdict?.verdict, "fail");
  assert.ok(Math.abs((verdict?.harm ?? 0) - 0.2) < 1e-12);
});
