import type { IngestResult } from "../engine/records.ts";

/** What this process did since it started, for Prometheus. */
export class Metrics {
  /** Requests that the database did not take. */
  unavailable = 0;
  #accepted = 0;
  #duplicates = 0;
  #rejected = 0;

  count({ accepted, duplicates, rejected }: IngestResult): void {
    this.#accepted += accepted;
    this.#duplicates += duplicates;
    this.#rejected += rejected.length;
  }

  /**
   * The figures in the text format of Prometheus.
   *
   * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
   *
   * @param waiting Records that wait for their commit now.
   */
  render(waiting: number): string {
    return [
      "# HELP modelab_records_total Records by what became of them.",
      "# TYPE modelab_records_total counter",
      `modelab_records_total{verdict="accepted"} ${this.#accepted}`,
      `modelab_records_total{verdict="duplicate"} ${this.#duplicates}`,
      `modelab_records_total{verdict="rejected"} ${this.#rejected}`,
      "# HELP modelab_unavailable_total Requests answered 503.",
      "# TYPE modelab_unavailable_total counter",
      `modelab_unavailable_total ${this.unavailable}`,
      "# HELP modelab_records_waiting Records that wait for their commit.",
      "# TYPE modelab_records_waiting gauge",
      `modelab_records_waiting ${waiting}`,
      "",
    ].join("\n");
  }
}
