/**
 * Which part of a timeline is shown.
 *
 * @module
 */

import type { Granularity } from "../engine/evaluation.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How wide a bucket is, how many are shown, and what that is called. */
export interface GranularitySpan {
  readonly bucketMs: number;
  readonly buckets: number;
  readonly label: string;
}

/** The spans by granularity, finest first. */
export const SPANS: Readonly<Record<Granularity, GranularitySpan>> = {
  minute: { bucketMs: MINUTE, buckets: 120, label: "Minutes" },
  hour: { bucketMs: HOUR, buckets: 48, label: "Hours" },
  day: { bucketMs: DAY, buckets: 30, label: "Days" },
};

/** Every granularity, finest first. */
export const GRANULARITIES: readonly Granularity[] = ["minute", "hour", "day"];

/** Part of a timeline, in epoch milliseconds at bucket boundaries. */
export interface TimelineRange {
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Fewer buckets than these make no picture, however young a flag is. */
const LEAST_BUCKETS = 4;

/** When there was anything about a flag: ISO 8601. */
export interface FlagLife {
  readonly first_seen: string;
  readonly last_seen: string;
}

/**
 * The newest range of a granularity that has something to show: it ends with
 * the bucket of now, or, if the flag fell silent before that range, with the
 * bucket in which it was last seen. It begins no earlier than the flag did,
 * so that a young flag fills the chart.
 */
export function timelineRange(
  granularity: Granularity,
  now: number,
  life: FlagLife,
): TimelineRange {
  const { bucketMs, buckets } = SPANS[granularity];
  const lastSeen = Date.parse(life.last_seen);
  const firstSeen = Date.parse(life.first_seen);
  // A record may be slightly ahead of the clock of the reader.
  const current = endingWith(Math.max(now, lastSeen || 0), bucketMs, buckets);
  const { from, to } = lastSeen < current.from
    ? endingWith(lastSeen, bucketMs, buckets)
    : current;
  const born = Math.floor((firstSeen || 0) / bucketMs) * bucketMs;
  const latest = to - LEAST_BUCKETS * bucketMs;
  return { from: Math.max(from, Math.min(born, latest)), to };
}

function endingWith(
  time: number,
  bucketMs: number,
  buckets: number,
): TimelineRange {
  const to = (Math.floor(time / bucketMs) + 1) * bucketMs;
  return { from: to - buckets * bucketMs, to };
}

/** The granularity of that name, if there is one. */
export function granularityNamed(name: string | null): Granularity | undefined {
  return GRANULARITIES.find((granularity) => granularity === name);
}

/** The finest granularity that shows the whole life of a flag. */
export function fittingGranularity(life: FlagLife): Granularity {
  const age = Date.parse(life.last_seen) - Date.parse(life.first_seen);
  return GRANULARITIES.find((name) =>
    age < SPANS[name].bucketMs * SPANS[name].buckets
  ) ?? "day";
}
