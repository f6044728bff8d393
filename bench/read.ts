/**
 * `deno task bench:read`: how long evaluations take at growing ledgers. A
 * small ledger and one that grows are asked in turns, so that a ratio compares
 * what ran under the same conditions; then the large one is asked while it
 * takes records as fast as it can.
 *
 * @module
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { startMeasured } from "./load/measured_server.ts";
import { percentile } from "./load/percentile.ts";
import { printLoad } from "./load/print_load.ts";
import { digits, printTable } from "./load/print_table.ts";
import { QUESTIONS, ReadSubject } from "./load/read_subject.ts";
import type { Question } from "./load/read_subject.ts";
import { runBenchmark } from "./load/run_benchmark.ts";

const USAGE = `deno task bench:read
  --sizes=N,N   records of the ledger, growing (10000,100000,300000)
  --full        up to 5,000,000 records`;
const SIZES = "10000,100000,300000";
const FULL_SIZES = "10000,100000,1000000,5000000";
const SAMPLES = 150;
/** Records that come in while the large ledger is asked. */
const LOAD = 240_000;

/** The medians of a question in milliseconds. */
interface Medians {
  readonly small: number;
  readonly large: number;
}

/** Asks both in turns. */
async function askInTurns(
  small: ReadSubject,
  large: ReadSubject,
): Promise<Map<Question, Medians>> {
  const medians = new Map<Question, Medians>();
  for (const question of QUESTIONS) {
    const latencies: { small: number[]; large: number[] } = {
      small: [],
      large: [],
    };
    for (let sample = 0; sample < SAMPLES; sample++) {
      latencies.small.push(await small.ask(question));
      latencies.large.push(await large.ask(question));
    }
    medians.set(question, {
      small: percentile(latencies.small, 0.5),
      large: percentile(latencies.large, 0.5),
    });
  }
  return medians;
}

async function measure(
  small: ReadSubject,
  large: ReadSubject,
): Promise<string[]> {
  // What the load before left to do, or what is not compiled yet.
  await askInTurns(small, large);
  const records = large.records;
  const idle = await askInTurns(small, large);
  const { latencies, rate } = await large.askUnderLoad(LOAD);
  const p99 = percentile(latencies, 0.99);
  return [
    digits(records),
    ...[...idle.values()].flatMap((median) => [
      digits(median.large, 2),
      digits(median.large / median.small, 2),
    ]),
    digits(rate),
    digits(percentile(latencies, 0.5), 1),
    digits(p99, 1),
    digits(p99 / (idle.get("evaluation")?.large ?? NaN), 1),
    digits(latencies.length),
  ];
}

async function run(sizes: readonly number[], directory: string): Promise<void> {
  const servers = [
    await startMeasured(join(directory, "small.kv")),
    await startMeasured(join(directory, "large.kv")),
  ];
  try {
    const [small, large] = servers.map(({ url }) => new ReadSubject(url));
    if (small === undefined || large === undefined) return;
    await small.fill(sizes[0] ?? 0);
    const rows: string[][] = [];
    for (const size of sizes) {
      await large.fill(size);
      rows.push(await measure(small, large));
      console.log(`${digits(size)} records: done`);
    }
    printTable([
      "records",
      ...QUESTIONS.flatMap((name) => [`${name}: p50 ms`, "/ small"]),
      "under ingest: records/s",
      "evaluation p50 ms",
      "p99 ms",
      "p99 / idle p50",
      "asked",
    ], rows);
    printLoad();
  } finally {
    for (const server of servers) await server.stop();
  }
}

function readSizes(): readonly number[] {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      sizes: { type: "string" },
      full: { type: "boolean", default: false },
    },
  });
  const text = values.sizes ?? (values.full ? FULL_SIZES : SIZES);
  const sizes = text.split(",").map(Number);
  if (sizes.some((size) => !(size > 0))) {
    throw new TypeError(`--sizes must be numbers of records, got ${text}`);
  }
  return sizes;
}

await runBenchmark(USAGE, (directory) => run(readSizes(), directory));
