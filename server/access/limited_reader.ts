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
import type {
  FlagReader,
  FlagSnapshot,
  TimelineQuery,
} from "../../storage/flag_reader.ts";
import { includesFlag } from "./access.ts";
import type { Access } from "./access.ts";

/** Shows those flags alone that an access includes; others are not there. */
export class LimitedReader implements FlagReader {
  readonly #reader: FlagReader;
  readonly #access: Access;

  constructor(reader: FlagReader, access: Access) {
    this.#reader = reader;
    this.#access = access;
  }

  async listFlags(): Promise<FlagList> {
    const list = await this.#reader.listFlags();
    const flags = list.flags.filter(({ flag_name }) =>
      includesFlag(this.#access, flag_name)
    );
    return { ...list, flags };
  }

  async evaluateFlag(
    name: string,
    version?: string,
  ): Promise<FlagEvaluation | null> {
    return includesFlag(this.#access, name)
      ? await this.#reader.evaluateFlag(name, version)
      : null;
  }

  async readTimeline(
    name: string,
    query: TimelineQuery,
  ): Promise<FlagTimeline | null> {
    return includesFlag(this.#access, name)
      ? await this.#reader.readTimeline(name, query)
      : null;
  }

  async readStatistics(
    name: string,
    version?: string,
  ): Promise<FlagStatistics | null> {
    return includesFlag(this.#access, name)
      ? await this.#reader.readStatistics(name, version)
      : null;
  }

  async readHistory(name: string): Promise<readonly FlagSnapshot[]> {
    return includesFlag(this.#access, name)
      ? await this.#reader.readHistory(name)
      : [];
  }

  async readVersion(name: string): Promise<string> {
    return includesFlag(this.#access, name)
      ? await this.#reader.readVersion(name)
      : "";
  }

  async readHealth(name: string): Promise<RecordHealth | null> {
    return includesFlag(this.#access, name)
      ? await this.#reader.readHealth(name)
      : null;
  }

  async listRecords(name: string, query?: RecordQuery): Promise<RecordPage> {
    return includesFlag(this.#access, name)
      ? await this.#reader.listRecords(name, query)
      : { flag_name: name, records: [], cursor: null };
  }

  /** What waits for its assignment is of no flag yet, and so is not shown. */
  async readStory(assignmentId: string): Promise<AssignmentStory | null> {
    const story = await this.#reader.readStory(assignmentId);
    const flag = story?.assignment?.flag_name;
    return flag !== undefined && includesFlag(this.#access, flag)
      ? story
      : null;
  }
}
