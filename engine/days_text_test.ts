import assert from "node:assert/strict";
import { daysText } from "./days_text.ts";

Deno.test("daysText() gives whole days and beyond a year no number", () => {
  assert.equal(daysText(0.2), "about 1 day");
  assert.equal(daysText(25.02), "about 26 days");
  assert.equal(daysText(365), "about 365 days");
  assert.equal(daysText(365.1), "more than a year");
  assert.equal(daysText(775_226.7), "more than a year");
});
