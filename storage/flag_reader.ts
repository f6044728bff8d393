import type {
  FlagEvaluation,
  FlagList,
  FlagTimeline,
  Granularity,
} from "../engine/evaluation.ts";
import type {
  AssignmentStory,
  RecordHealth,
  RecordPage,
  RecordQuery,
} from "../engine/record_list.ts";
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

/** How a flag stood at some time. */
export interface FlagSnapshot {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Users, sums and products; without events, sketches and configs. */
  readonly statistics: FlagStatistics;
}

/** Reads how flags do, from counters alone, and hands out the ledger. */
export interface FlagReader {
  /**
   * Every flag that has an assignment and is not archived, by name in the
   * order of code points.
   */
  listFlags(): Promise<FlagList>;
  /**
   * The figures of one flag, or null when the flag has no assignment.
   *
   * @param version One that has just been read: the figures are those of it,
   * or later ones, and less has to be read.
   */
  evaluateFlag(name: string, version?: string): Promise<FlagEvaluation | null>;
  /** The series of one flag, or null when the flag has no assignment. */
  readTimeline(
    name: string,
    query: TimelineQuery,
  ): Promise<FlagTimeline | null>;
  /**
   * All that the analysis needs, or null when the flag has no assignment.
   *
   * @param version As for `evaluateFlag()`.
   */
  readStatistics(
    name: string,
    version?: string,
  ): Promise<FlagStatistics | null>;
  /** How a flag stood from time to time, the earliest first. */
  readHistory(name: string): Promise<readonly FlagSnapshot[]>;
  /**
   * A text that changes whenever a figure of the flag does, whichever process
   * wrote it. Cheap enough to be asked for every second.
   */
  readVersion(name: string): Promise<string>;
  /** How many records wait, came late or were forced. */
  readHealth(name: string): Promise<RecordHealth | null>;
  /**
   * A flag's assignments, newest first; empty when the flag has none.
   *
   * @throws {CursorError} The cursor is none that such a list gave.
   */
  listRecords(name: string, query?: RecordQuery): Promise<RecordPage>;
  /** The whole story of an assignment, or null when nothing is known of it. */
  readStory(assignmentId: string): Promise<AssignmentStory | null>;
}
