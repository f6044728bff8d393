import type {
  FlagEvaluation,
  FlagList,
  FlagTimeline,
} from "../../engine/evaluation.ts";
import type { FlagReader, TimelineQuery } from "../../storage/flag_reader.ts";
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

  async evaluateFlag(name: string): Promise<FlagEvaluation | null> {
    return includesFlag(this.#access, name)
      ? await this.#reader.evaluateFlag(name)
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
}
