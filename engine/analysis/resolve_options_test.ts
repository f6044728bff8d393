import assert from "node:assert/strict";
import type { AnalysisOptions } from "./analysis_options.ts";
import { type AnalysisRequest, resolveOptions } from "./resolve_options.ts";
import { simulated } from "./testing/analyzed.ts";

const STATISTICS = simulated({
  a: { users: 200, rate: 0.5 },
  b: { users: 200, rate: 0.5 },
}).build();

function resolved(request: AnalysisRequest): AnalysisOptions {
  const options = resolveOptions(STATISTICS, request);
  assert.ok(!("option" in options));
  return options;
}

Deno.test("resolveOptions() compares with the flag's first variant, at 95%", () => {
  const { control, alpha, guardrails } = resolved({});
  assert.deepEqual([control, alpha], ["a", 0.05]);
  assert.deepEqual(guardrails.map(({ metric }) => metric), ["error_rate"]);
});

Deno.test("resolveOptions() has no guardrail on the metric that is to be improved", () => {
  assert.deepEqual(resolved({ metric: "error_rate" }).guardrails, []);
});

const FAULTS: readonly (readonly [AnalysisRequest, string, RegExp])[] = [
  [{ control: "c" }, "control", /^a variant of the flag: a, b$/],
  [{ metric: "happiness" }, "metric", /success_rate, .*latency_p95/],
  [{ metric: "event_rate:none" }, "metric", /^a metric of the flag/],
  [{ cost_metric: "price" }, "cost_metric", /cost_per_call/],
  [{ lower_is_better: ["x"] }, "lower_is_better", /^a metric of the flag/],
  [{ weights: { a: 1 } }, "weights", /for every variant that has users/],
  [{ weights: { a: 0, b: 0 } }, "weights", /above 0/],
  [
    {
      guardrails: [{
        metric: "speed",
        margin: { kind: "relative", value: 0.1 },
      }],
    },
    "guardrails",
    /^a metric of the flag/,
  ],
];

for (const [request, option, required] of FAULTS) {
  Deno.test(`resolveOptions() refuses ${JSON.stringify(request)}`, () => {
    const fault = resolveOptions(STATISTICS, request);
    assert.ok("option" in fault);
    assert.equal(fault.option, option);
    assert.match(fault.required, required);
  });
}
