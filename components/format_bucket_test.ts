import assert from "node:assert/strict";
import { bucketZone, formatBucket, formatBucketIn } from "./format_bucket.ts";
import { UTC, type Zone } from "./zone.ts";

const NOON = Date.parse("2026-11-24T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const INDIA: Zone = () => 5.5 * HOUR;

Deno.test("formatBucket() names a day by its date and an hour by its clock", () => {
  assert.equal(formatBucket(NOON, HOUR, UTC), "Nov 24, 12:00");
  assert.equal(formatBucket(NOON, DAY, UTC), "Nov 24, 2026");
});

Deno.test("hours are in the viewer's zone, days in UTC", () => {
  const hours = bucketZone(INDIA, HOUR);
  assert.equal(formatBucketIn(NOON, HOUR, hours), "Nov 24, 17:30 +05:30");
  const days = bucketZone(INDIA, DAY);
  assert.equal(formatBucketIn(NOON, DAY, days), "Nov 24, 2026 UTC");
});
