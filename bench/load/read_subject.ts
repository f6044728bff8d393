import { drive } from "./drive.ts";
import { Traffic } from "./traffic.ts";

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
  #asked = 0;

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
      await this.#load(Math.min(PART, records - this.#records));
    }
  }

  /** Asks; gives the milliseconds until the answer was read. */
  async ask(question: Question): Promise<number> {
    const path = PATHS[question](this.#traffic.flagName);
    const start = performance.now();
    // A question that was not asked before: the server keeps its answers.
    const response = await fetch(`${this.#url}${path}?asked=${this.#asked++}`);
    await response.text();
    if (response.status !== 200) {
      throw new Error(`${path} must answer 200, got ${response.status}`);
    }
    return performance.now() - start;
  }

  /** Asks for evaluations while so many records come in. */
  async askUnderLoad(
    records: number,
  ): Promise<{ latencies: readonly number[]; rate: number }> {
    const latencies: number[] = [];
    let loading = true;
    const load = this.#load(records).finally(() => loading = false);
    while (loading) {
      latencies.push(await this.ask("evaluation"));
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return { latencies, rate: await load };
  }

  /** Sends records, and gives how many a second. */
  async #load(records: number): Promise<number> {
    const driven = await drive(
      [this.#url],
      this.#traffic.next(records),
      CLIENTS,
    );
    this.#records += driven.records;
    return driven.records / driven.seconds;
  }
}
