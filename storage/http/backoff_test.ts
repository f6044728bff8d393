import assert from "node:assert/strict";
import { Backoff } from "./backoff.ts";

Deno.test("Backoff waits up to twice as long after each failure, 30 seconds at most", () => {
  const longest = new Backoff(500, () => 1);
  const waits = Array.from({ length: 9 }, () => {
    longest.fail(0, null);
    return longest.until;
  });
  assert.deepEqual(waits, [
    500,
    1_000,
    2_000,
    4_000,
    8_000,
    16_000,
    30_000,
    30_000,
    30_000,
  ]);
});

Deno.test("Backoff spreads its waits over the whole time", () => {
  const shortest = new Backoff(500, () => 0);
  shortest.fail(7, null);
  assert.equal(shortest.until, 7);
});

Deno.test("Backoff starts again after a success", () => {
  const backoff = new Backoff(500, () => 1);
  backoff.fail(0, 5_000);
  backoff.fail(0, null);
  backoff.succeed();
  assert.equal(backoff.until, 0);
  backoff.fail(0, null);
  assert.equal(backoff.until, 500);
});

Deno.test("Backoff lets what is urgent through, but for the server's wish", () => {
  const backoff = new Backoff(500, () => 1);
  backoff.fail(100, null);
  assert.equal(backoff.urgentUntil, 100);
  backoff.fail(100, 9_000);
  assert.equal(backoff.urgentUntil, 9_100);
});
