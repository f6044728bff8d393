import type { IngestResult } from "../engine/records.ts";
import { Counters, Histogram } from "./prometheus.ts";

/** How the attempt to commit ended. */
export type CommitEnd = "ok" | "conflict" | "locked" | "error";

const SECONDS = [
  0.001,
  0.0025,
  0.005,
  0.01,
  0.025,
  0.05,
  0.1,
  0.25,
  0.5,
  1,
  2.5,
  5,
  10,
];

/** What this process did since it started, for Prometheus. */
export class Metrics {
  readonly requests: Counters = new Counters(
    "modelab_requests_total",
    "Requests by route, method and status.",
    ["route", "method", "status"],
  );
  readonly requestSeconds: Histogram = new Histogram(
    "modelab_request_duration_seconds",
    "Time until an answer begins, by route.",
    ["route"],
    SECONDS,
  );
  readonly limited: Counters = new Counters(
    "modelab_limited_total",
    "Requests that a limit refused, by the limit.",
    ["limit"],
  );
  readonly commits: Counters = new Counters(
    "modelab_commits_total",
    "Attempts to commit by how they ended; all but ok and error are tried again.",
    ["result"],
  );
  readonly commitSeconds: Histogram = new Histogram(
    "modelab_commit_duration_seconds",
    "Time of an attempt to commit.",
    [],
    SECONDS,
  );
  readonly #records: Counters = new Counters(
    "modelab_records_total",
    "Records by what became of them.",
    ["verdict"],
  );
  /** Requests that the database did not take. */
  readonly unavailable: Counters = new Counters(
    "modelab_unavailable_total",
    "Requests answered 503, by the reason.",
    ["reason"],
  );

  constructor() {
    for (const verdict of ["accepted", "duplicate", "rejected"]) {
      this.#records.add([verdict], 0);
    }
    for (const result of ["ok", "conflict", "locked", "error"]) {
      this.commits.add([result], 0);
    }
    this.unavailable.add(["database"], 0);
  }

  count({ accepted, duplicates, rejected }: IngestResult): void {
    this.#records.add(["accepted"], accepted);
    this.#records.add(["duplicate"], duplicates);
    this.#records.add(["rejected"], rejected.length);
  }

  /** Notes an attempt to commit. */
  countCommit(result: CommitEnd, seconds: number): void {
    this.commits.add([result], 1);
    this.commitSeconds.observe([], seconds);
  }

  /**
   * The figures in the text format of Prometheus.
   *
   * @param gauges What is so now, by the gauge's name.
   */
  render(gauges: readonly Gauge[]): string {
    return [
      this.requests,
      this.requestSeconds,
      this.#records,
      this.limited,
      this.unavailable,
      this.commits,
      this.commitSeconds,
    ].map((figure) => figure.render()).concat(gauges.map(renderGauge)).join("");
  }
}

/** A figure that goes up and down. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly value: number;
  /** @default "gauge" */
  readonly type?: "gauge" | "counter";
}

function renderGauge({ name, help, value, type = "gauge" }: Gauge): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`;
}
