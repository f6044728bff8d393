import assert from "node:assert/strict";
import { analysisRequestOf } from "./analysis_query.ts";

const read = (query: string): ReturnType<typeof analysisRequestOf> =>
  analysisRequestOf(new URLSearchParams(query));

Deno.test("analysisRequestOf() reads every parameter", () => {
  assert.deepEqual(read(""), {});
  assert.deepEqual(read("alpha=&metric=&page=2&__proto__=1"), {});
  assert.deepEqual(
    read(
      "control=b&alpha=0.01&interval=fixed&metric=error_rate" +
        "&cost_metric=cost_per_user&min_effect=.1&margin=0.05&prior=0.2" +
        "&guardrail=event_rate:a:b:1e-2&guardrail=error_rate:0.02abs" +
        "&lower_is_better=event_rate:x&weights=a:90&weights=b:c:10" +
        "&accept=config_changed&accept=setup_changed",
    ),
    {
      control: "b",
      alpha: 0.01,
      interval: "fixed",
      metric: "error_rate",
      cost_metric: "cost_per_user",
      min_effect: 0.1,
      margin: { kind: "relative", value: 0.05 },
      prior: { sd: 0.2 },
      guardrails: [
        {
          metric: "event_rate:a:b",
          margin: { kind: "relative", value: 0.01 },
        },
        { metric: "error_rate", margin: { kind: "absolute", value: 0.02 } },
      ],
      lower_is_better: ["event_rate:x"],
      weights: { a: 90, "b:c": 10 },
      accepted_checks: ["config_changed", "setup_changed"],
    },
  );
  assert.deepEqual(read("guardrail=none&prior=flat"), {
    guardrails: [],
    prior: null,
  });
});

const FAULTS: readonly (readonly [query: string, fault: RegExp])[] = [
  ["alpha=0", /^alpha must be a number from 0\.0001 to 0\.4, got "0"$/],
  ["alpha=0.5", /got "0.5"$/],
  ["alpha=five", /got "five"$/],
  ["alpha=NaN", /got "NaN"$/],
  ["alpha=0x1", /got "0x1"$/],
  ["alpha=0.05&alpha=0.1", /^alpha must be given once, got "0.05" and "0.1"$/],
  ["interval=sometimes", /^interval must be always_valid or fixed, got/],
  ["min_effect=0", /^min_effect must be a number from 0\.0001 to 10, got "0"/],
  ["margin=1", /^margin must be a number from 0 to below 1, .*, got "1"$/],
  ["margin=-0.1", /got "-0.1"$/],
  ["margin=abs", /got "abs"$/],
  ["prior=0", /^prior must be a number from 0\.001 to 100, or flat, got "0"$/],
  ["guardrail=error_rate", /^guardrail must be none, or .*, got "error_rate"$/],
  ["guardrail=a:1abs&guardrail=a:2abs", /for each metric once/],
  ["guardrail=none&guardrail=a:0.1", /got "none" and "a:0.1"$/],
  ["weights=a:-1", /^weights must be for each variant once .*, got "a:-1"$/],
  ["weights=a", /got "a"$/],
  ["accept=everything", /^accept must be sample_ratio or /],
];

for (const [query, fault] of FAULTS) {
  Deno.test(`analysisRequestOf() refuses ${query}, and says what was required`, () => {
    const found = read(query);
    assert.ok(typeof found === "string", JSON.stringify(found));
    assert.match(found, fault);
  });
}
