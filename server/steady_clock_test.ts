import assert from "node:assert/strict";
import { SteadyClock } from "./steady_clock.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

Deno.test("SteadyClock lets a task run when the time of day has gone on for five minutes as it should, and not after a jump", async () => {
  let [day, clock] = [Date.UTC(2026, 2, 1), 0];
  const jumps: number[] = [];
  const steady = new SteadyClock(() => day, () => clock, (by) => {
    jumps.push(by);
  });
  const ran: number[] = [];
  const task = steady.guarding(() => Promise.resolve(ran.push(clock)));
  const minutes = async (count: number, off = 0): Promise<void> => {
    for (let n = 0; n < count; n++) {
      clock += MINUTE;
      day += MINUTE + off;
      await task();
    }
  };
  await minutes(4);
  assert.deepEqual(ran, []);
  await minutes(2);
  assert.deepEqual(ran, [5 * MINUTE, 6 * MINUTE]);
  // That is how clocks are corrected.
  await minutes(2, 5000);
  assert.equal(ran.length, 4);
  for (const jump of [400 * DAY, -400 * DAY]) {
    day += jump;
    ran.length = 0;
    await minutes(5);
    assert.deepEqual(ran, []);
    await minutes(1);
    assert.equal(ran.length, 1);
  }
  assert.deepEqual(jumps, [400 * DAY, -400 * DAY]);
});

Deno.test("SteadyClock keeps runs of a task apart", async () => {
  let clock = 0;
  const now = () => clock;
  const steady = new SteadyClock(now, now, () => {});
  const ran: number[] = [];
  const task = steady.guarding(
    () => Promise.resolve(ran.push(clock / MINUTE)),
    60 * MINUTE,
  );
  for (; clock <= 130 * MINUTE; clock += MINUTE) await task();
  assert.deepEqual(ran, [5, 65, 125]);
});
