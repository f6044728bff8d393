import assert from "node:assert/strict";
import type { Decision } from "../analysis.ts";

/** What a test expects of a decision. */
export type Expected = Pick<Decision, "action" | "variant" | "rule">;

export function assertDecision(decision: Decision, expected: Expected): void {
  const { action, variant, rule } = decision;
  assert.deepEqual({ action, variant, rule }, expected, decision.reason);
}
