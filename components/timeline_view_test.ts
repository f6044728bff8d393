import assert from "node:assert/strict";
import { timelineView } from "./timeline_view.ts";

const YOUNG = {
  first_seen: "2026-11-24T12:00:00Z",
  last_seen: "2026-11-24T12:30:00Z",
};

Deno.test("timelineView() shows what the address asks for", () => {
  const query = new URLSearchParams("metric=avg_cost&granularity=day");
  assert.deepEqual(timelineView(query, YOUNG), {
    metric: "avg_cost",
    granularity: "day",
  });
});

Deno.test("timelineView() has a default for what is missing or unknown", () => {
  const query = new URLSearchParams("metric=constructor&granularity=__proto__");
  assert.deepEqual(timelineView(query, YOUNG), {
    metric: "success_rate",
    granularity: "minute",
  });
});
