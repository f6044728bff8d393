import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { analyzed, simulated } from "../../engine/analysis/testing/analyzed.ts";
import { ResultsControls } from "./results_controls.tsx";

Deno.test("without scripts the form keeps what else the address says", () => {
  const arms = { a: { users: 200, rate: 0.5 }, b: { users: 200, rate: 0.6 } };
  const query = "alpha=0.1&weights=a%3A1&weights=b%3A3&guardrail=none";
  const html = renderToString(
    <ResultsControls
      analysis={analyzed(simulated(arms).build())}
      scale="relative"
      query={new URLSearchParams(query)}
    />,
  );
  const inputs = /<noscript>(.*)<\/noscript>/s.exec(html)?.[1] ?? "";
  const kept = [...inputs.matchAll(/<input[^>]*>/g)].map(([input]) =>
    ["type", "name", "value"].map((name) =>
      new RegExp(`${name}="([^"]*)"`).exec(input)?.[1]
    )
  );
  assert.deepEqual(kept, [
    ["hidden", "weights", "a:1"],
    ["hidden", "weights", "b:3"],
    ["hidden", "guardrail", "none"],
  ]);
});
