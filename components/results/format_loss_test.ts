import assert from "node:assert/strict";
import { PERCENT } from "../../engine/analysis/display.ts";
import { formatLoss } from "./format_loss.ts";

Deno.test("formatLoss() says no more of a loss than matters", () => {
  const rate = { display: PERCENT, unit: "share" } as const;
  assert.equal(formatLoss(0.0542, rate), "5.4 pp");
  assert.equal(formatLoss(1e-9, rate), "<0.01 pp");
  assert.equal(formatLoss(0, rate), "<0.01 pp");
  assert.equal(formatLoss(null, rate), "–");
});
