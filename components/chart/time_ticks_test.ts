import assert from "node:assert/strict";
import { UTC, type Zone } from "../zone.ts";
import { timeTicks } from "./time_ticks.ts";

const MIDNIGHT = Date.parse("2026-11-24T00:00:00Z");
const HOUR = 3_600_000;

Deno.test("timeTicks() stands at round times within the range", () => {
  const ticks = timeTicks(
    MIDNIGHT + 10 * HOUR + 60_000,
    MIDNIGHT + 12 * HOUR,
    6,
    UTC,
  );
  assert.deepEqual(ticks.map((tick) => tick.label), [
    "10:30",
    "11:00",
    "11:30",
    "12:00",
  ]);
});

Deno.test("timeTicks() names the day where one begins", () => {
  const ticks = timeTicks(MIDNIGHT - 6 * HOUR, MIDNIGHT + 6 * HOUR, 3, UTC);
  assert.deepEqual(
    ticks.map(({ label, isDay }) => [label, isDay]),
    [["18:00", false], ["Nov 24", true], ["06:00", false]],
  );
});

Deno.test("timeTicks() keeps to the room there is", () => {
  for (const days of [0.01, 0.1, 1, 2, 30, 400]) {
    for (const room of [1, 3, 8]) {
      const ticks = timeTicks(
        MIDNIGHT,
        MIDNIGHT + days * 24 * HOUR,
        room,
        UTC,
      );
      assert.ok(ticks.length <= room + 1, `${days} ${room}: ${ticks.length}`);
      assert.ok(ticks.length >= 1);
    }
  }
});

Deno.test("timeTicks() stands at round times of the viewer's zone, through a change of its clocks", () => {
  const change = Date.parse("2026-10-25T01:00:00Z");
  const berlin: Zone = (time) => time < change ? 2 * HOUR : HOUR;
  const ticks = timeTicks(change - 36 * HOUR, change + 60 * HOUR, 4, berlin);
  assert.deepEqual(
    ticks.map(({ label, time }) => [label, new Date(time).toISOString()]),
    [
      ["Oct 24", "2026-10-23T22:00:00.000Z"],
      ["Oct 25", "2026-10-24T22:00:00.000Z"],
      ["Oct 26", "2026-10-25T23:00:00.000Z"],
      ["Oct 27", "2026-10-26T23:00:00.000Z"],
    ],
  );
  const [india] = timeTicks(MIDNIGHT, MIDNIGHT + HOUR, 1, () => 5.5 * HOUR);
  assert.equal(india?.label, "06:00");
  assert.equal(india?.time, MIDNIGHT + HOUR / 2);
});
