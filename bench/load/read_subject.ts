import { askOnce } from "./ask_once.ts";
import { startAsking } from "./asking.ts";
import { drive } from "./drive.ts";
import { Traffic } from "./traffic.ts";
import type { IngestBody } from "./traffic.ts";

const CLIENTS = 8;
/** So many records at a time are made beforehand. */
const PART = 60_000;
const PAUSE = 20;

/** What a server is asked, by the path of each. */
const PATHS = {
  evaluation: (flag: string) => `/api/v1/flags/${flag}`,
  timeline: (flag: string) => `/api/v1/flags/${flag}/timeline`,
  list: () => "/api/v1/flags",
} as const;

export type Question = keyof typeof PATHS;

/** The names of all questions. */
export const QUESTIONS: readonly Question[] = [
  "evaluation",
  "timeline",
  "list",
];

/** A server whose ledger can be filled and asked about. */
export class ReadSubject {
  readonly #url: string;
  readonly #traffic = new Traffic();
  #records = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Records in its ledger. */
  get records(): number {
    return this.#records;
  }

  /** Fills the ledger until it has at least so many records. */
  async fill(records: number): Promise<void> {
    while (this.#records < records) {
      const part = Math.min(PART, records - this.#records);
      await this.#load(this.#traffic.next(part));
    }
  }

  /** Asks; gives the milliseconds until the answer was read. */
  async ask(question: Question): Promise<number> {
    return await askOnce(this.#address(question));
  }

  /** Asks for evaluations while so many records come in. */
  async askUnderLoad(
    records: number,
  ): Promise<{ latencies: readonly number[]; rate: number }> {
    // Made beforehand: it takes the processor from the server.
    const chains = this.#traffic.next(records);
    const asking = await startAsking({
      url: this.#address("evaluation"),
      pause: PAUSE,
    });
    const rate = await this.#load(chains);
    return { latencies: await asking.stop(), rate };
  }

  #address(question: Question): string {
    return this.#url + PATHS[question](this.#traffic.flagName);
  }

  /** Sends records, and gives how many a second. */
  async #load(chains: readonly (readonly IngestBody[])[]): Promise<number> {
    const driven = await drive([this.#url], chains, CLIENTS);
    this.#records += driven.records;
    return driven.records / driven.seconds;
  }
}
