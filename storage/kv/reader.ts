import type {
  FlagEvaluation,
  FlagList,
  FlagSummary,
  FlagTimeline,
  TimelinePoint,
  VariantEvaluation,
} from "../../engine/evaluation.ts";
import type { JsonObject } from "../../engine/records.ts";
import { sketchQuantile } from "../../engine/sketch.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import type { FlagReader, TimelineQuery } from "../flag_reader.ts";
import { BUCKET_WIDTHS, LATENCY_UNITS_PER_MS } from "./count.ts";
import { readFlag, readTotals } from "./counters.ts";
import type { VariantCounters } from "./counters.ts";
import { addFigure, basicFigures, count, metricSum, ratio } from "./figures.ts";
import type { Figures } from "./figures.ts";
import { configKey, timeBound } from "./keys.ts";
import { MINUTES_KEPT } from "./sweep.ts";
import { bytesOf } from "./workspace.ts";

/** Reads flags from the counters in Deno KV. */
export class KvFlagReader implements FlagReader {
  readonly #kv: Deno.Kv;
  readonly #now: () => number;

  /** @param now The server's clock, in epoch milliseconds. */
  constructor(kv: Deno.Kv, now: () => number = Date.now) {
    this.#kv = kv;
    this.#now = now;
  }

  async listFlags(): Promise<FlagList> {
    const flags = await readTotals(this.#kv);
    return { flags: [...flags].map(([name, map]) => summaryOf(name, map)) };
  }

  async evaluateFlag(name: string): Promise<FlagEvaluation | null> {
    const variants = await readFlag(this.#kv, name);
    if (variants === null) return null;
    return {
      flag_name: name,
      ...seenOf(variants),
      variants: await Promise.all(
        [...variants].map(async ([variant, counters]) =>
          evaluationOf(
            variant,
            counters,
            await this.#latestConfig(name, variant, counters),
          )
        ),
      ),
    };
  }

  async readTimeline(
    name: string,
    query: TimelineQuery,
  ): Promise<FlagTimeline | null> {
    const variants = (await readTotals(this.#kv, name)).get(name);
    if (variants === undefined) return null;
    const width = BUCKET_WIDTHS[query.granularity];
    // What is left of minutes that were deleted would be misleading.
    const kept = query.granularity === "minute"
      ? this.#now() - MINUTES_KEPT
      : 0;
    const from = Math.floor(Math.max(query.from, kept) / width) * width;
    const to = Math.max(from, Math.ceil(query.to / width) * width);
    return {
      flag_name: name,
      granularity: query.granularity,
      from: isoOf(from),
      to: isoOf(to),
      series: await Promise.all([...variants.keys()].map(async (variant) => ({
        variant_name: variant,
        points: await this.#readPoints(name, variant, { ...query, from, to }),
      }))),
    };
  }

  async #readPoints(
    flag: string,
    variant: string,
    { granularity, from, to }: TimelineQuery,
  ): Promise<TimelinePoint[]> {
    const bound = (at: number): Deno.KvKey =>
      timeBound(granularity, flag, variant, at / 1000);
    const buckets = new Map<number, Figures>();
    const counters = this.#kv.list<Deno.KvU64>(
      { start: bound(from), end: bound(to) },
      { batchSize: 1000 },
    );
    for await (const { key: [, , , , start, name], value } of counters) {
      const figures: Figures = buckets.get(Number(start)) ?? new Map();
      buckets.set(Number(start), figures);
      addFigure(figures, String(name), value.value);
    }
    return [...buckets]
      .filter(([, figures]) => [...figures.values()].some((n) => n !== 0n))
      .map(([start, figures]) => pointOf(start * 1000, figures));
  }

  async #latestConfig(
    flag: string,
    variant: string,
    { configs }: VariantCounters,
  ): Promise<JsonObject> {
    const [latest] = [...configs].sort(([a, seenA], [b, seenB]) =>
      seenB.last - seenA.last || (a < b ? -1 : 1)
    );
    if (latest === undefined) return {};
    const entry = await this.#kv.get(configKey(flag, variant, latest[0]));
    return JSON.parse(new TextDecoder().decode(bytesOf(entry)));
  }
}

function isoOf(millis: number): string {
  return formatTimestamp(millis * 1000);
}

function seenOf(
  variants: ReadonlyMap<string, VariantCounters>,
): { first_seen: string; last_seen: string } {
  const seen = [...variants.values()].map((counters) => counters.seen);
  return {
    first_seen: isoOf(Math.min(...seen.map(({ first }) => first))),
    last_seen: isoOf(Math.max(...seen.map(({ last }) => last))),
  };
}

function summaryOf(
  name: string,
  variants: ReadonlyMap<string, VariantCounters>,
): FlagSummary {
  const sum: Figures = new Map();
  for (const { figures } of variants.values()) {
    for (const [figure, value] of figures) addFigure(sum, figure, value);
  }
  return {
    flag_name: name,
    variant_names: [...variants.keys()],
    users: count(sum, "users"),
    ...basicFigures(sum),
    ...seenOf(variants),
  };
}

function evaluationOf(
  variant: string,
  { figures, events, latencies }: VariantCounters,
  config: JsonObject,
): VariantEvaluation {
  const basic = basicFigures(figures);
  const [latency, cost, input, output] = [
    metricSum(figures, "latency"),
    metricSum(figures, "cost"),
    metricSum(figures, "input"),
    metricSum(figures, "output"),
  ];
  const latencyAt = (share: number): number | null => {
    const units = sketchQuantile(latencies, share);
    return units === null ? null : units / LATENCY_UNITS_PER_MS;
  };
  return {
    variant_name: variant,
    users: count(figures, "users"),
    assignments: basic.assignments,
    executions: basic.executions,
    successes: basic.successes,
    failures: basic.failures,
    success_rate: basic.success_rate,
    success_per_assignment: ratio(basic.successes, basic.assignments),
    errors: basic.errors,
    error_rate: basic.error_rate,
    avg_latency_ms: latency.mean,
    p50_latency_ms: latencyAt(0.5),
    p90_latency_ms: latencyAt(0.9),
    p95_latency_ms: latencyAt(0.95),
    p99_latency_ms: latencyAt(0.99),
    latency_count: latency.known,
    avg_cost: cost.mean,
    total_cost: cost.sum,
    cost_per_success: cost.sum === null
      ? null
      : ratio(cost.sum, basic.successes),
    cost_count: cost.known,
    avg_input_tokens: input.mean,
    avg_output_tokens: output.mean,
    total_input_tokens: input.sum,
    total_output_tokens: output.sum,
    input_tokens_count: input.known,
    output_tokens_count: output.known,
    custom_events: Object.fromEntries(events),
    config,
  };
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
