import type {
  FlagEvaluation,
  FlagList,
  FlagTimeline,
  TimelinePoint,
} from "../../engine/evaluation.ts";
import type {
  AssignmentStory,
  RecordHealth,
  RecordPage,
  RecordQuery,
} from "../../engine/record_list.ts";
import type { FlagStatistics } from "../../engine/statistics/flag_statistics.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import { archivedFlags } from "./archive.ts";
import type {
  FlagReader,
  FlagSnapshot,
  TimelineQuery,
} from "../flag_reader.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { BodyReader } from "./body_reader.ts";
import { readCounters, readState, readTail, readTotals } from "./counters.ts";
import { evaluationOf, figuresOf, summaryOf } from "./evaluation.ts";
import { BUCKET_WIDTHS, FLAG_AT, TIME_FIGURES, TIME_STRIDE } from "./fields.ts";
import type { FlagFigure } from "./fields.ts";
import { basicFigures, metricSum } from "./figures.ts";
import type { Figures } from "./figures.ts";
import type { Fields } from "./flag_counters.ts";
import type { Fold } from "./fold.ts";
import { readSnapshots } from "./history.ts";
import { NO_FLAG } from "./keys.ts";
import { listRecords, readAssignment } from "./record_reader.ts";
import { timeRange } from "./segment_keys.ts";
import { SketchReader } from "./sketch_reader.ts";
import type { SketchedState } from "./sketch_reader.ts";
import { readConfigs, readSetups, statisticsOf } from "./statistics.ts";
import { MINUTES_KEPT } from "./sweep.ts";

/** States of so many flags keep their statistics, and who keeps these theirs. */
const STATISTICS_KEPT = 16;

/** Reads flags from the counters in Deno KV. */
export class KvFlagReader implements FlagReader {
  readonly #kv: Deno.Kv;
  readonly #now: () => number;
  readonly #sketches: SketchReader;
  readonly #bodies: BodyReader;
  /** Of the states that were asked for last. */
  readonly #statistics: Map<SketchedState, Promise<FlagStatistics | null>> =
    new Map();

  /** @param now The server's clock, in epoch milliseconds. */
  constructor(kv: Deno.Kv, now: () => number = Date.now) {
    this.#kv = kv;
    this.#now = now;
    this.#sketches = new SketchReader(kv);
    this.#bodies = new BodyReader(kv);
  }

  async listFlags(): Promise<FlagList> {
    const flags = await readTotals(this.#kv);
    for (const flag of await archivedFlags(this.#kv)) flags.delete(flag);
    return {
      flags: [...flags]
        .map(([name, counters]) => summaryOf(name, counters))
        .filter((summary) => summary !== null)
        .sort((a, b) => compareCodePoints(a.flag_name, b.flag_name)),
    };
  }

  async evaluateFlag(
    name: string,
    version?: string,
  ): Promise<FlagEvaluation | null> {
    const state = await this.#sketches.read(name, version);
    return evaluationOf(
      name,
      state,
      (variant) => readConfigs(this.#bodies, name, variant, state.counters),
      await readSetups(this.#bodies, name, state.counters),
    );
  }

  async readStatistics(
    name: string,
    version?: string,
  ): Promise<FlagStatistics | null> {
    const state = await this.#sketches.read(name, version);
    // The same for the same state: what is computed from it can be kept by it.
    let statistics = this.#statistics.get(state);
    if (statistics === undefined) {
      statistics = statisticsOf(this.#bodies, name, state);
      this.#statistics.set(state, statistics);
      statistics.catch(() => this.#statistics.delete(state));
      const [oldest] = this.#statistics.keys();
      if (this.#statistics.size > STATISTICS_KEPT && oldest !== undefined) {
        this.#statistics.delete(oldest);
      }
    }
    return await statistics;
  }

  /** Hears of the folds of this process, so as to read less after them. */
  folded(fold: Fold): void {
    this.#sketches.folded(fold);
  }

  readHistory(name: string): Promise<readonly FlagSnapshot[]> {
    return readSnapshots(this.#kv, name);
  }

  async readVersion(name: string): Promise<string> {
    // Some tens of deltas: folds gather them.
    const tail = await readTail(this.#kv, name);
    this.#sketches.keep(name, tail);
    return tail.version;
  }

  async readHealth(name: string): Promise<RecordHealth> {
    const [own, all] = await Promise.all([name, NO_FLAG].map(async (flag) => {
      const { counters } = await readState(this.#kv, flag);
      const fields = counters.fields("flag", "", "");
      return (figure: FlagFigure): number =>
        Number(fields.get(FLAG_AT[figure]) ?? 0);
    }));
    return {
      waiting: own?.("waiting") ?? 0,
      waiting_without_flag: all?.("waiting") ?? 0,
      late: own?.("late") ?? 0,
      overridden: own?.("overridden") ?? 0,
      users_in_several_variants: own?.("users_in_several_variants") ?? 0,
    };
  }

  listRecords(name: string, query?: RecordQuery): Promise<RecordPage> {
    return listRecords(this.#kv, name, query);
  }

  readStory(assignmentId: string): Promise<AssignmentStory | null> {
    return readAssignment(this.#kv, assignmentId);
  }

  async readTimeline(
    name: string,
    query: TimelineQuery,
  ): Promise<FlagTimeline | null> {
    const { granularity } = query;
    const width = BUCKET_WIDTHS[granularity];
    // What is left of minutes that were deleted would be misleading.
    const kept = granularity === "minute" ? this.#now() - MINUTES_KEPT : 0;
    const from = Math.floor(Math.max(query.from, kept) / width) * width;
    const to = Math.max(from, Math.ceil(query.to / width) * width);
    const counters = await readCounters(this.#kv, name, [
      timeRange(name, granularity, from, to),
    ]);
    const variants = figuresOf(counters);
    if (variants.size === 0) return null;
    return {
      flag_name: name,
      granularity,
      from: isoOf(from),
      to: isoOf(to),
      series: [...variants.keys()].map((variant) => ({
        variant_name: variant,
        points: pointsOf(
          counters.fields("time", variant, granularity),
          width,
          from,
          to,
        ),
      })),
    };
  }
}

function pointsOf(
  fields: Fields,
  width: number,
  from: number,
  to: number,
): TimelinePoint[] {
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
