import assert from "node:assert/strict";
import {
  dollarsPerThousand,
  MILLISECONDS,
} from "../../engine/analysis/display.ts";
import { metricLabel } from "./metric_label.ts";

Deno.test("metricLabel() says of how many things a cost is shown", () => {
  const labelled = (label: string, things: string): string =>
    metricLabel({ label, display: dollarsPerThousand(things) });
  assert.equal(labelled("Cost per call", "calls"), "Cost per 1,000 calls");
  assert.equal(labelled("Cost per user", "users"), "Cost per 1,000 users");
  assert.equal(
    labelled("Cost of a call, 90th percentile", "calls"),
    "Cost per 1,000 calls, 90th percentile",
  );
  assert.equal(
    metricLabel({ label: "Latency, mean", display: MILLISECONDS }),
    "Latency, mean",
  );
});
