/**
 * The times of charts as text. Each takes what a clock shows: see
 * {@linkcode clockOf}.
 *
 * @module
 */

import { clockOf, UTC, type Zone, zoneText } from "./zone.ts";

const MONTHS = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

const DAY = 86_400_000;

/** `03:48` */
export function formatHour(clock: number): string {
  return new Date(clock).toISOString().slice(11, 16);
}

/** `Nov 24` */
export function formatDay(clock: number): string {
  const date = new Date(clock);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}`;
}

/**
 * The zone that buckets are shown in: days are counted in UTC, and are no
 * other zone's days.
 */
export function bucketZone(zone: Zone, bucketMs: number): Zone {
  return bucketMs >= DAY ? UTC : zone;
}

/**
 * The start of a bucket: `Nov 24, 03:48`, or `Nov 24, 2026` for a day.
 *
 * @param zone From {@linkcode bucketZone}.
 */
export function formatBucket(
  time: number,
  bucketMs: number,
  zone: Zone,
): string {
  const clock = clockOf(zone, time);
  return bucketMs >= DAY
    ? `${formatDay(clock)}, ${new Date(clock).getUTCFullYear()}`
    : `${formatDay(clock)}, ${formatHour(clock)}`;
}

/** {@linkcode formatBucket} with the zone's name. */
export function formatBucketIn(
  time: number,
  bucketMs: number,
  zone: Zone,
): string {
  return `${formatBucket(time, bucketMs, zone)} ${zoneText(zone, time)}`;
}
