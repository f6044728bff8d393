import assert from "node:assert/strict";
import { decisionReason, decisionTitle } from "./decision_title.ts";

Deno.test("decisionTitle() names the variant where there is one to name", () => {
  assert.equal(decisionTitle({ action: "ship", variant: "b" }), "Ship b");
  assert.equal(
    decisionTitle({ action: "keep_running", variant: null }),
    "Keep running",
  );
});

Deno.test("decisionReason() does not say the title again", () => {
  const reasonOf = (
    action: "ship" | "keep_control" | "keep_running",
    variant: string | null,
    reason: string,
  ): string => decisionReason({ action, variant, reason });
  assert.equal(
    reasonOf("ship", "b: 2", "Ship b: 2: it has a success rate of 1.0%."),
    "It has a success rate of 1.0%.",
  );
  assert.equal(
    reasonOf("keep_control", "control", "Keep control: “b: 2” has an error."),
    "“b: 2” has an error.",
  );
  assert.equal(
    reasonOf("keep_running", null, "Keep running: only one variant has users."),
    "Only one variant has users.",
  );
  const long = "x".repeat(100);
  assert.equal(
    reasonOf("ship", long, `Ship ${long.slice(0, 60)}…: it is better.`),
    "It is better.",
  );
  assert.equal(
    reasonOf("ship", "تجربة", "Ship \u2068تجربة\u2069: it is better."),
    "It is better.",
  );
  assert.equal(reasonOf("ship", "b", "Another text."), "Another text.");
});
