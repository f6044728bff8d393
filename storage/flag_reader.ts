import type {
  FlagEvaluation,
  FlagList,
  FlagTimeline,
  Granularity,
} from "../engine/evaluation.ts";
import type { FlagStatistics } from "../engine/statistics/flag_statistics.ts";

/** Which part of a flag's timeline to read. */
export interface TimelineQuery {
  /** Width of the buckets. */
  readonly granularity: Granularity;
  /** Epoch milliseconds, inclusive: the bucket that holds it is the first. */
  readonly from: number;
  /** Epoch milliseconds, exclusive. */
  readonly to: number;
}

/** Reads how flags do, from counters alone: no record is looked at. */
export interface FlagReader {
  /** Every flag that has an assignment, by name in the order of code points. */
  listFlags(): Promise<FlagList>;
  /** The figures of one flag, or null when the flag has no assignment. */
  evaluateFlag(name: string): Promise<FlagEvaluation | null>;
  /** The series of one flag, or null when the flag has no assignment. */
  readTimeline(
    name: string,
    query: TimelineQuery,
  ): Promise<FlagTimeline | null>;
  /** All that the analysis needs, or null when the flag has no assignment. */
  readStatistics(name: string): Promise<FlagStatistics | null>;
}
