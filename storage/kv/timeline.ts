import type {
  FlagTimeline,
  Granularity,
  TimelinePoint,
} from "../../engine/evaluation.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import type { TimelineQuery } from "../flag_reader.ts";
import { addBlock } from "./block.ts";
import type { BodyReader } from "./body_reader.ts";
import {
  addRow,
  BATCH,
  foldedMeanwhile,
  isLast,
  MAX_ATTEMPTS,
  readTail,
} from "./counters.ts";
import { orderOf, variantsIn } from "./evaluation.ts";
import { BUCKET_WIDTHS, TIME_FIGURES, TIME_STRIDE } from "./fields.ts";
import { basicFigures, metricSum } from "./figures.ts";
import type { Figures } from "./figures.ts";
import { FlagCounters } from "./flag_counters.ts";
import type { Fields, SegmentKind } from "./flag_counters.ts";
import { sumPrefix, timeRange } from "./segment_keys.ts";
import { readLatestSetups } from "./statistics.ts";
import { MINUTES_KEPT } from "./sweep.ts";
import { bytesOf } from "./workspace.ts";

/** What a timeline is read with. */
export interface TimelineSource {
  readonly kv: Deno.Kv;
  readonly bodies: BodyReader;
}

/** Part of a timeline, in epoch milliseconds. */
interface Range {
  readonly granularity: Granularity;
  /** The start of a bucket. */
  readonly from: number;
  /** Likewise; exclusive. */
  readonly to: number;
}

/** What tells which variants there are, and in which order, beside the times. */
const KINDS: readonly SegmentKind[] = ["total", "setup", "time"];

/**
 * The series of one flag, or null when the flag has no assignment.
 *
 * @param now Epoch milliseconds.
 */
export async function readTimeline(
  { kv, bodies }: TimelineSource,
  flag: string,
  query: TimelineQuery,
  now: number,
): Promise<FlagTimeline | null> {
  const { granularity } = query;
  const width = BUCKET_WIDTHS[granularity];
  // What is left of minutes that were deleted would be misleading.
  const kept = granularity === "minute" ? now - MINUTES_KEPT : 0;
  const from = Math.floor(Math.max(query.from, kept) / width) * width;
  const to = Math.max(from, Math.ceil(query.to / width) * width);
  const range = { granularity, from, to };
  const counters = await readTimes(kv, flag, range);
  const variants = variantsIn(counters);
  if (variants.length === 0) return null;
  const [setups = []] = await readLatestSetups(bodies, [[flag, counters]]);
  return {
    flag_name: flag,
    granularity,
    from: isoOf(from),
    to: isoOf(to),
    series: orderOf(variants, setups).map((variant) => ({
      variant_name: variant,
      points: pointsOf(counters.fields("time", variant, granularity), range),
    })),
  };
}

/** The counters of some buckets, with what tells of variants, and no others. */
async function readTimes(
  kv: Deno.Kv,
  flag: string,
  { granularity, from, to }: Range,
): Promise<FlagCounters> {
  const rows: readonly Deno.KvListSelector[] = [
    { prefix: sumPrefix(flag, "total") },
    { prefix: sumPrefix(flag, "setup") },
    timeRange(flag, granularity, from, to),
  ];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { mark, deltas } = await readTail(kv, flag);
    const entries = await Promise.all(
      rows.map((selector) =>
        Array.fromAsync(kv.list(selector, { batchSize: BATCH }))
      ),
    );
    if (!await isLast(kv, flag, mark)) continue;
    const counters = new FlagCounters();
    for (const delta of deltas) addBlock(counters, bytesOf(delta), KINDS);
    for (const entry of entries.flat()) addRow(counters, entry);
    return counters;
  }
  throw foldedMeanwhile(flag);
}

function pointsOf(
  fields: Fields,
  { granularity, from, to }: Range,
): TimelinePoint[] {
  const width = BUCKET_WIDTHS[granularity];
  const buckets = new Map<number, Map<string, number>>();
  for (const [field, amount] of fields) {
    const bucket = Math.floor(field / TIME_STRIDE);
    if (bucket * width < from || bucket * width >= to) continue;
    const figures = buckets.get(bucket) ?? new Map();
    buckets.set(bucket, figures);
    figures.set(TIME_FIGURES[field % TIME_STRIDE] ?? "", Number(amount));
  }
  return [...buckets].sort(([a], [b]) => a - b)
    .map(([bucket, figures]) => pointOf(bucket * width, withKnown(figures)));
}

/** Timelines count what is unknown. */
function withKnown(figures: Map<string, number>): Figures {
  const executions = figures.get("executions") ?? 0;
  for (const metric of ["latency", "cost", "input", "output"]) {
    const unknown = figures.get(`${metric}_unknown`) ?? 0;
    figures.set(`${metric}_known`, executions - unknown);
  }
  return figures;
}

function pointOf(time: number, figures: Figures): TimelinePoint {
  return {
    time: isoOf(time),
    ...basicFigures(figures),
    avg_latency_ms: metricSum(figures, "latency").mean,
    avg_cost: metricSum(figures, "cost").mean,
    avg_input_tokens: metricSum(figures, "input").mean,
    avg_output_tokens: metricSum(figures, "output").mean,
  };
}

function isoOf(millis: number): string {
  return formatTimestamp(millis * 1000);
}
