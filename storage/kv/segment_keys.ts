import type { Granularity } from "../../engine/evaluation.ts";
import type { SketchMetric } from "../../engine/statistics/flag_statistics.ts";
import { BUCKET_WIDTHS, SKETCH_STRIDE, TIME_STRIDE } from "./fields.ts";
import { SEGMENT_KINDS } from "./flag_counters.ts";
import type { Segment, SegmentKind } from "./flag_counters.ts";

/** Shards of a sketch that share a row. */
const SHARDS_PER_ROW = 4;

/** Buckets of a timeline that share a row: an hour, a day, 32 days. */
const BUCKETS_PER_ROW: { readonly [granularity in Granularity]: number } = {
  minute: 60,
  hour: 24,
  day: 32,
};

/** What a row of folded counters is about. */
export type SegmentName = Pick<Segment, "kind" | "variant" | "part">;

/**
 * The row that a counter is folded into. Timelines are in the order of time,
 * so that a range of them is a range of keys; of sketches, one metric is.
 *
 * | kind | key after `sum`, kind, flag |
 * | --- | --- |
 * | time | granularity, chunk, variant |
 * | sketch | metric, variant, chunk |
 * | all others | variant, part, chunk |
 */
export function segmentKey(
  flag: string,
  { kind, variant, part }: SegmentName,
  chunk: number,
): Deno.KvKey {
  switch (kind) {
    case "time":
      return ["sum", kind, flag, part, chunk, variant];
    case "sketch":
      return ["sum", kind, flag, part, variant, chunk];
    default:
      return ["sum", kind, flag, variant, part, chunk];
  }
}

/** The rows of one metric's sketches. */
export function sketchPrefix(flag: string, metric: SketchMetric): Deno.KvKey {
  return ["sum", "sketch", flag, metric];
}

/** The rows of a kind, of one flag or of all. */
export function segmentPrefix(kind: SegmentKind, flag?: string): Deno.KvKey {
  return flag === undefined ? ["sum", kind] : ["sum", kind, flag];
}

/** All rows of folded counters. */
export function segmentsPrefix(): Deno.KvKey {
  return ["sum"];
}

/**
 * The rows of the buckets of a timeline from one time to another.
 *
 * @param from Epoch milliseconds, inclusive.
 * @param to Epoch milliseconds, exclusive.
 */
export function timeRange(
  flag: string,
  granularity: Granularity,
  from: number,
  to: number,
): { start: Deno.KvKey; end: Deno.KvKey } {
  const width = BUCKET_WIDTHS[granularity] * BUCKETS_PER_ROW[granularity];
  const bound = (chunk: number): Deno.KvKey => [
    "sum",
    "time",
    flag,
    granularity,
    chunk,
  ];
  return {
    start: bound(Math.floor(from / width)),
    end: bound(Math.ceil(to / width)),
  };
}

/** Which row of its segment a counter is in. */
export function chunkOf({ kind, part }: SegmentName, field: number): number {
  if (kind === "sketch") {
    return Math.floor(field / (SKETCH_STRIDE * SHARDS_PER_ROW));
  }
  if (kind === "time" && isGranularity(part)) {
    return Math.floor(field / (TIME_STRIDE * BUCKETS_PER_ROW[part]));
  }
  return 0;
}

/**
 * The flag and the segment that a row is of.
 *
 * @throws {TypeError} The key is none that {@linkcode segmentKey} makes.
 */
export function segmentOf(
  key: Deno.KvKey,
): { readonly flag: string; readonly segment: SegmentName } {
  const [, kindPart, flag, first, second, third] = key;
  const kind = SEGMENT_KINDS.find((name) => name === kindPart);
  if (kind === undefined) throw new TypeError("A sum is of no known kind");
  const [variant, part] = kind === "time"
    ? [third, first]
    : kind === "sketch"
    ? [second, first]
    : [first, second];
  return {
    flag: String(flag),
    segment: { kind, variant: String(variant), part: String(part) },
  };
}

function isGranularity(part: string): part is Granularity {
  return Object.hasOwn(BUCKETS_PER_ROW, part);
}
