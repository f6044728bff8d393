import type {
  FlagEvaluation,
  FlagList,
  FlagTimeline,
} from "../../engine/evaluation.ts";
import type {
  AssignmentStory,
  RecordHealth,
  RecordPage,
  RecordQuery,
} from "../../engine/record_list.ts";
import type { FlagStatistics } from "../../engine/statistics/flag_statistics.ts";
import { archivedFlags } from "./archive.ts";
import type {
  FlagReader,
  FlagSnapshot,
  TimelineQuery,
} from "../flag_reader.ts";
import { BodyReader } from "./body_reader.ts";
import { readState, readTail } from "./counters.ts";
import { evaluationOf } from "./evaluation.ts";
import { FLAG_AT } from "./fields.ts";
import type { FlagFigure } from "./fields.ts";
import { FlagListReader } from "./flag_list_reader.ts";
import type { Fold } from "./fold.ts";
import { readSnapshots } from "./history.ts";
import { NO_FLAG } from "./keys.ts";
import { listRecords, readAssignment } from "./record_reader.ts";
import { SketchReader } from "./sketch_reader.ts";
import type { SketchedState } from "./sketch_reader.ts";
import { readConfigs, readSetups, statisticsOf } from "./statistics.ts";
import { readTimeline } from "./timeline.ts";

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
  readonly #list: FlagListReader;

  /** @param now The server's clock, in epoch milliseconds. */
  constructor(kv: Deno.Kv, now: () => number = Date.now) {
    this.#kv = kv;
    this.#now = now;
    this.#sketches = new SketchReader(kv);
    this.#bodies = new BodyReader(kv);
    this.#list = new FlagListReader(kv, this.#bodies);
  }

  async listFlags(): Promise<FlagList> {
    const [flags, archived] = await Promise.all([
      this.#list.read(),
      archivedFlags(this.#kv),
    ]);
    return {
      flags: archived.size === 0
        ? flags
        : flags.filter(({ flag_name }) => !archived.has(flag_name)),
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

  readTimeline(
    name: string,
    query: TimelineQuery,
  ): Promise<FlagTimeline | null> {
    return readTimeline(
      { kv: this.#kv, bodies: this.#bodies },
      name,
      query,
      this.#now(),
    );
  }
}
