import assert from "node:assert/strict";
import { dollarsPerThousand, MILLISECONDS, PERCENT } from "./display.ts";
import {
  figureText,
  inSentence,
  labelText,
  pText,
  signedPercent,
  signedText,
  withArticle,
} from "./text.ts";

Deno.test("figures are shown in their metric's scale, small ones with digits enough", () => {
  assert.equal(figureText(0.5812, PERCENT), "58.1%");
  assert.equal(figureText(0.00042, PERCENT), "0.042%");
  assert.equal(figureText(0, PERCENT), "0.0%");
  assert.equal(figureText(911.6, MILLISECONDS), "912 ms");
  assert.equal(figureText(2133.7, MILLISECONDS), "2,134 ms");
  assert.equal(figureText(5.04, MILLISECONDS), "5.0 ms");
  assert.equal(figureText(0.0021, dollarsPerThousand("calls")), "$2.10");
  assert.equal(signedText(-0.031, PERCENT), "−3.1%");
  assert.equal(signedText(0.031, PERCENT), "+3.1%");
});

Deno.test("money stands in a sentence unscaled", () => {
  const cost = { unit: "usd", display: dollarsPerThousand("calls") } as const;
  assert.equal(figureText(0.0021, inSentence(cost)), "$0.0021");
});

Deno.test("relative differences have a sign, and no decimals where they are large", () => {
  assert.equal(signedPercent(0.1314), "+13.1%");
  assert.equal(signedPercent(-0.5), "−50.0%");
  assert.equal(signedPercent(3.897), "+390%");
  assert.equal(signedPercent(0), "0.0%");
});

Deno.test("p-values have two digits", () => {
  assert.equal(pText(0.04321), "p = 0.043");
  assert.equal(pText(1e-9), "p < 0.0001");
  assert.equal(pText(1), "p = 1");
});

Deno.test("labels fit into a sentence", () => {
  assert.equal(
    labelText({ metric: "error_rate", label: "Error rate" }),
    "error rate",
  );
  assert.equal(
    labelText({ metric: "event_per_user:Rated", label: "Rated per user" }),
    "Rated per user",
  );
  assert.equal(
    labelText({ metric: "latency_mean", label: "Latency, mean" }),
    "mean latency",
  );
  assert.equal(
    labelText({ metric: "cost_p95", label: "Cost of a call, 95th percentile" }),
    "95th percentile cost of a call",
  );
  assert.equal(
    labelText({ metric: "event_value:a, mean", label: "Value of a, mean" }),
    "value of a, mean",
  );
  assert.equal(withArticle("error rate"), "an error rate");
  assert.equal(withArticle("success rate"), "a success rate");
});
