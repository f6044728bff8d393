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
 * The row that a counter is folded into.
 *
 * Timelines are in the order of time, so that a range of them is a range of
 * keys; of sketches, one metric is. Both have many rows. All others stand
 * beside the flag's deltas, so that one read gets them at one moment.
 */
export function segmentKey(
  flag: string,
  { kind, variant, part }: SegmentName,
  chunk: number,
): Deno.KvKey {
  switch (kind) {
    case "time":
      return ["time", flag, part, chunk, variant];
    case "sketch":
      return ["sketch", flag, part, variant, chunk];
    default:
      return ["c", flag, "sum", kind, variant, part];
  }
}

/** The rows that stand beside the flag's deltas: all, or those of a kind. */
export function sumPrefix(flag: string, kind?: SegmentKind): Deno.KvKey {
  return kind === undefined ? ["c", flag, "sum"] : ["c", flag, "sum", kind];
}

/** The rows of sketches: of all flags, of one, or of one of its metrics. */
export function sketchPrefix(flag?: string, metric?: SketchMetric): Deno.KvKey {
  if (flag === undefined) return ["sketch"];
  return metric === undefined ? ["sketch", flag] : ["sketch", flag, metric];
}

/** The rows of timelines: of all flags, or of one. */
export function timePrefix(flag?: string): Deno.KvKey {
  return flag === undefined ? ["time"] : ["time", flag];
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
 * What a row is about.
 *
 * @throws {TypeError} The key is none that {@linkcode segmentKey} makes.
 */
export function segmentOf(key: Deno.KvKey): SegmentName {
  const [space, , first, second, third, fourth] = key;
  if (space === "time") {
    return { kind: space, variant: String(third), part: String(first) };
  }
  if (space === "sketch") {
    return { kind: space, variant: String(second), part: String(first) };
  }
  const kind = SEGMENT_KINDS.find((name) => name === second);
  if (kind === undefined) throw new TypeError("A sum is of no known kind");
  return { kind, variant: String(third), part: String(fourth) };
}

function isGranularity(part: string): part is Granularity {
  return Object.hasOwn(BUCKETS_PER_ROW, part);
}
