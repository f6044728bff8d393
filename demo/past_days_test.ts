import assert from "node:assert/strict";
import { arrivals } from "./past_days.ts";

Deno.test("the demo's customers come in their order, over two weeks until now", () => {
  const now = Date.UTC(2026, 10, 25, 4, 30);
  const times = arrivals(2_000, now);
  assert.equal(times.length, 2_000);
  assert.ok(times.every((time, n) => n === 0 || time >= (times[n - 1] ?? 0)));
  assert.ok((times[0] ?? 0) >= now - 14 * 86_400_000);
  assert.ok((times.at(-1) ?? Infinity) <= now);
  const hours = times.map((time) => new Date(time).getUTCHours());
  const at = (hour: number): number => hours.filter((h) => h === hour).length;
  assert.ok(at(12) > 2 * at(0), `${at(12)} at noon, ${at(0)} at midnight`);
});
