import assert from "node:assert/strict";
import {
  fittingGranularity,
  type FlagLife,
  granularityNamed,
  timelineRange,
} from "./timeline_range.ts";

const NOW = Date.parse("2026-11-24T12:34:56Z");
const HOUR = 3_600_000;
const AGES = 10_000 * HOUR;

function life(firstSeen: number, lastSeen: number): FlagLife {
  return {
    first_seen: new Date(firstSeen).toISOString(),
    last_seen: new Date(lastSeen).toISOString(),
  };
}

function told(range: { from: number; to: number }): string {
  return `${new Date(range.from).toISOString()}/${
    new Date(range.to).toISOString()
  }`;
}

Deno.test("timelineRange() shows the last two hours, two days or thirty days", () => {
  const old = life(NOW - AGES, NOW);
  assert.equal(
    told(timelineRange("minute", NOW, old)),
    "2026-11-24T10:35:00.000Z/2026-11-24T12:35:00.000Z",
  );
  assert.equal(
    told(timelineRange("hour", NOW, old)),
    "2026-11-22T13:00:00.000Z/2026-11-24T13:00:00.000Z",
  );
  assert.equal(
    told(timelineRange("day", NOW, old)),
    "2026-10-26T00:00:00.000Z/2026-11-25T00:00:00.000Z",
  );
});

Deno.test("timelineRange() goes back to where a silent flag was last seen", () => {
  const seen = NOW - 100 * HOUR;
  const { from, to } = timelineRange("hour", NOW, life(NOW - AGES, seen));
  assert.ok(from <= seen && seen < to && to - seen <= HOUR);
  assert.equal(to - from, 48 * HOUR);
});

Deno.test("timelineRange() stays with now while the flag was seen within it", () => {
  assert.deepEqual(
    timelineRange("hour", NOW, life(NOW - AGES, NOW - 47 * HOUR)),
    timelineRange("hour", NOW, life(NOW - AGES, NOW)),
  );
});

Deno.test("timelineRange() reaches a record that is ahead of the clock", () => {
  const seen = NOW + 3 * 60_000;
  assert.ok(timelineRange("minute", NOW, life(NOW - AGES, seen)).to > seen);
});

Deno.test("timelineRange() begins with a young flag, but shows four buckets at least", () => {
  assert.equal(
    told(timelineRange("hour", NOW, life(NOW - 20 * HOUR, NOW))),
    "2026-11-23T16:00:00.000Z/2026-11-24T13:00:00.000Z",
  );
  assert.equal(
    told(timelineRange("minute", NOW, life(NOW - 5_000, NOW))),
    "2026-11-24T12:31:00.000Z/2026-11-24T12:35:00.000Z",
  );
});

Deno.test("timelineRange() survives times that cannot be read", () => {
  assert.deepEqual(
    timelineRange("hour", NOW, { first_seen: "?", last_seen: "?" }),
    timelineRange("hour", NOW, life(NOW - AGES, NOW)),
  );
});

Deno.test("granularityNamed() knows three names", () => {
  assert.equal(granularityNamed("day"), "day");
  assert.equal(granularityNamed("week"), undefined);
  assert.equal(granularityNamed(null), undefined);
});

Deno.test("fittingGranularity() takes the finest that shows a flag's whole life", () => {
  assert.equal(fittingGranularity(life(NOW - HOUR, NOW)), "minute");
  assert.equal(fittingGranularity(life(NOW - 3 * HOUR, NOW)), "hour");
  assert.equal(fittingGranularity(life(NOW - 60 * HOUR, NOW)), "day");
  assert.equal(fittingGranularity(life(0, NOW)), "day");
});
