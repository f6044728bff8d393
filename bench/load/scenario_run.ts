import { join } from "node:path";
import { runVerify } from "../../tests/processes/run_verify.ts";
import { drive } from "./drive.ts";
import type { Scenario } from "./ingest_options.ts";
import { bytesOnDisk, startMeasured } from "./measured_server.ts";
import type { MeasuredServer } from "./measured_server.ts";
import { percentile } from "./percentile.ts";
import { addCounts, countsBetween } from "./probe_counts.ts";
import type { ProbeCounts } from "./probe_counts.ts";
import { Traffic } from "./traffic.ts";

/** What a scenario's databases and servers came to. */
export interface ScenarioFigures {
  readonly scenario: Scenario;
  readonly records: number;
  readonly seconds: number;
  /** Records per second of each round. */
  readonly rates: readonly number[];
  /** Milliseconds until a request was acknowledged. */
  readonly p50: number;
  readonly p99: number;
  readonly retries: number;
  /** Of all rounds, without the warm-up. */
  readonly counts: ProbeCounts;
  /** Null on a KV server of its own, and where it is unknown. */
  readonly diskBytes: number | null;
  /** The most memory that all servers held together, in bytes. */
  readonly peakRss: number;
  /** What `verify` said last; null when it was not asked. */
  readonly verified: string | null;
}

/** One scenario: its database, its servers, and the rounds so far. */
export class ScenarioRun {
  readonly #scenario: Scenario;
  readonly #path: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #servers: MeasuredServer[] = [];
  readonly #traffic: Traffic;
  readonly #rounds: { records: number; seconds: number }[] = [];
  readonly #latencies: number[] = [];
  readonly #counts: ProbeCounts[] = [];
  #sent = 0;
  #retries = 0;

  /** @param path The database: a file, or a URL of KV Connect. */
  constructor(
    scenario: Scenario,
    path: string,
    env: Readonly<Record<string, string>>,
  ) {
    const { ids, flags, traces } = scenario;
    this.#scenario = scenario;
    this.#path = path;
    this.#env = env;
    this.#traffic = new Traffic({ ids, flags, tracesPerRequest: traces });
  }

  /** Starts the servers, and lets them get warm. */
  async start(records: number): Promise<void> {
    for (let n = 0; n < this.#scenario.processes; n++) {
      this.#servers.push(await startMeasured(this.#path, this.#env));
    }
    await this.#send(records);
  }

  /** Sends so many records, and measures. */
  async round(records: number): Promise<void> {
    const before = await this.#allCounts();
    const { latencies, retries, ...round } = await this.#send(records);
    this.#counts.push(countsBetween(before, await this.#allCounts()));
    this.#rounds.push(round);
    for (const latency of latencies) this.#latencies.push(latency);
    this.#retries += retries;
  }

  /** Stops the servers, and adds everything up. */
  async finish(verify: boolean): Promise<ScenarioFigures> {
    const { peakRss } = await this.#allCounts();
    await this.stop();
    const local = !this.#path.startsWith("http");
    const sum = (values: readonly number[]): number =>
      values.reduce((total, value) => total + value, 0);
    return {
      scenario: this.#scenario,
      records: sum(this.#rounds.map(({ records }) => records)),
      seconds: sum(this.#rounds.map(({ seconds }) => seconds)),
      rates: this.#rounds.map(({ records, seconds }) => records / seconds),
      p50: percentile(this.#latencies, 0.5),
      p99: percentile(this.#latencies, 0.99),
      retries: this.#retries,
      counts: addCounts(this.#counts),
      diskBytes: local ? bytesOnDisk(this.#path) / this.#sent : null,
      peakRss,
      verified: verify ? await this.#verify() : null,
    };
  }

  /** Stops the servers that still run. */
  async stop(): Promise<void> {
    for (const server of this.#servers.splice(0)) await server.stop();
  }

  async #send(records: number): ReturnType<typeof drive> {
    // Made beforehand: what makes them takes the processor from the server.
    const chains = this.#traffic.next(records);
    const urls = this.#servers.map(({ url }) => url);
    const driven = await drive(urls, chains, this.#scenario.clients);
    this.#sent += driven.records;
    return driven;
  }

  async #allCounts(): Promise<ProbeCounts> {
    return addCounts(
      await Promise.all(this.#servers.map((server) => server.counts())),
    );
  }

  /** @throws {Error} A counter is wrong, or a record is missing. */
  async #verify(): Promise<string> {
    const { code, output } = await runVerify(this.#path, this.#env);
    const [said = ""] = output.trim().split("\n").slice(-1);
    if (code !== 0 || !said.startsWith(`${this.#sent} records `)) {
      throw new Error(
        `verify must find ${this.#sent} records and no mismatch, got ${output}`,
      );
    }
    return said;
  }
}

/** A file for a scenario's database. */
export function scenarioPath(directory: string, { name }: Scenario): string {
  return join(directory, `${name.replaceAll(" ", "_")}.kv`);
}
