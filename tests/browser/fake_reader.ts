import type {
  FlagEvaluation,
  FlagList,
  FlagTimeline,
} from "../../engine/evaluation.ts";
import type {
  AssignmentStory,
  RecordHealth,
  RecordPage,
} from "../../engine/record_list.ts";
import type { FlagStatistics } from "../../engine/statistics/flag_statistics.ts";
import type { FlagReader, TimelineQuery } from "../../storage/flag_reader.ts";
import { sampleTimeline, summaryOf } from "./sample_figures.ts";

/** Reads flags from a map that a test fills and changes. */
export class FakeReader implements FlagReader {
  readonly flags = new Map<string, FlagEvaluation>();

  /** What reading the list fails with; null for no failure. */
  fault: Error | null = null;

  /** Puts a flag there, in place of the one of that name. */
  put(flag: FlagEvaluation): void {
    this.flags.set(flag.flag_name, flag);
  }

  listFlags(): Promise<FlagList> {
    if (this.fault !== null) return Promise.reject(this.fault);
    const flags = [...this.flags.values()].map(summaryOf)
      .sort((a, b) => a.flag_name < b.flag_name ? -1 : 1);
    return Promise.resolve({ flags });
  }

  evaluateFlag(name: string): Promise<FlagEvaluation | null> {
    return Promise.resolve(this.flags.get(name) ?? null);
  }

  readTimeline(
    name: string,
    query: TimelineQuery,
  ): Promise<FlagTimeline | null> {
    const flag = this.flags.get(name);
    return Promise.resolve(
      flag === undefined ? null : sampleTimeline(flag, query),
    );
  }

  readStatistics(): Promise<FlagStatistics | null> {
    return Promise.resolve(null);
  }

  readVersion(): Promise<string> {
    return Promise.resolve("");
  }

  readHealth(): Promise<RecordHealth> {
    return Promise.resolve({
      waiting: 0,
      waiting_without_flag: 0,
      late: 0,
      overridden: 0,
      users_in_several_variants: 0,
    });
  }

  listRecords(name: string): Promise<RecordPage> {
    return Promise.resolve({ flag_name: name, records: [], cursor: null });
  }

  readStory(): Promise<AssignmentStory | null> {
    return Promise.resolve(null);
  }
}
