import { printLoad } from "./print_load.ts";
import { digits, printTable } from "./print_table.ts";
import type { ScenarioFigures } from "./scenario_run.ts";

/** Rows per second of the raw writer: its samples in turn, by kind of ids. */
export interface RawRates {
  readonly v4: number[];
  readonly v7: number[];
}

const MIB = 1024 * 1024;

/** Over equal parts of one whole: its size by the time that it took. */
function overall(rates: readonly number[]): number {
  return rates.length / rates.reduce((sum, rate) => sum + 1 / rate, 0);
}

function rangeOf(rates: readonly number[]): string {
  return `${digits(Math.min(...rates))} to ${digits(Math.max(...rates))}`;
}

function rateOf({ records, seconds }: ScenarioFigures): number {
  return records / seconds;
}

/** Prints all figures of a run, each beside what it is held against. */
export function printIngest(
  figures: readonly ScenarioFigures[],
  raw: RawRates,
  checks: number,
): void {
  const rawRows = (["v4", "v7"] as const).map((ids) => [
    ids,
    digits(overall(raw[ids])),
    rangeOf(raw[ids]),
  ]);
  console.log(
    `Raw limit: ${checks} sets of 280 bytes with their checks and 6 sums in an atomic`,
  );
  printTable(["ids", "rows/s", `of ${raw.v4.length} samples`], rawRows);

  console.log("\nIngest over HTTP");
  printTable(
    [
      "database",
      "records",
      "records/s",
      "of its rounds",
      "/ raw",
      "p50 ms",
      "p99 ms",
      "503",
    ],
    figures.map((each) => [
      each.scenario.name,
      digits(each.records),
      digits(rateOf(each)),
      rangeOf(each.rates),
      digits(rateOf(each) / overall(raw[each.scenario.ids]), 2),
      digits(each.p50, 1),
      digits(each.p99, 1),
      digits(each.retries),
    ]),
  );

  console.log("\nFor each record");
  printTable(
    [
      "database",
      "write units",
      "mutations",
      "bytes on disk",
      "CPU ms",
      "reads",
    ],
    figures.map(({ scenario, records, counts, diskBytes }) => [
      scenario.name,
      digits(counts.units / records, 2),
      digits(counts.mutations / records, 2),
      digits(diskBytes),
      digits(counts.cpuMillis / records, 3),
      digits(counts.reads / records, 2),
    ]),
  );

  console.log("\nFor each commit, and each server");
  printTable(
    [
      "database",
      "records",
      "checks",
      "mutations",
      "ms",
      "failed",
      "CPU share",
      "peak MiB",
    ],
    figures.map(({ scenario, records, seconds, counts, peakRss }) => [
      scenario.name,
      digits(records / counts.commits, 1),
      digits(counts.checks / counts.commits, 1),
      digits(counts.mutations / counts.commits, 1),
      digits(
        counts.commitMillis / (counts.commits + counts.failedCommits),
        1,
      ),
      digits(counts.failedCommits),
      digits(counts.cpuMillis / 1000 / seconds / scenario.processes, 2),
      digits(peakRss / MIB / scenario.processes),
    ]),
  );
  printRatios(figures);
  for (const { scenario, verified } of figures) {
    if (verified !== null) console.log(`verify, ${scenario.name}: ${verified}`);
  }
  printLoad();
}

function printRatios(figures: readonly ScenarioFigures[]): void {
  const base = figures.find(({ scenario }) => scenario.name === "v7");
  if (base === undefined) return;
  for (const name of ["20 flags", "2 processes"]) {
    const other = figures.find(({ scenario }) => scenario.name === name);
    if (other === undefined) continue;
    const ratio = digits(rateOf(other) / rateOf(base), 2);
    console.log(`\n${name} / one: ${ratio}`);
  }
  console.log("");
}
