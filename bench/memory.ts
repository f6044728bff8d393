/**
 * `deno task bench:memory`: the memory of a server while its ledger and its
 * users grow.
 *
 * @module
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { drive } from "./load/drive.ts";
import { startMeasured } from "./load/measured_server.ts";
import { printLoad } from "./load/print_load.ts";
import { digits, printTable } from "./load/print_table.ts";
import { runBenchmark } from "./load/run_benchmark.ts";
import { Traffic } from "./load/traffic.ts";

const USAGE = `deno task bench:memory
  --records=N   in all (2000000)
  --users=N     in all, about (500000)`;
const CLIENTS = 8;
const PARTS = 20;
const RECORDS_PER_TRACE = 3;
/** Until so much of it is done, caches fill. */
const WARM_UP = 0.25;
const MIB = 1024 * 1024;

async function run(
  records: number,
  users: number,
  directory: string,
): Promise<void> {
  const newUsers = Math.min(1, users * RECORDS_PER_TRACE / records);
  const server = await startMeasured(join(directory, "memory.kv"));
  try {
    const traffic = new Traffic({ newUsers });
    const rows: string[][] = [];
    const resident: number[] = [];
    let sent = 0;
    for (let part = 1; part <= PARTS; part++) {
      const chains = traffic.next(records / PARTS);
      const driven = await drive([server.url], chains, CLIENTS);
      sent += driven.records;
      const { rss, heapUsed, peakRss } = await server.counts();
      resident.push(rss);
      rows.push([
        digits(sent),
        digits(traffic.users),
        digits(driven.records / driven.seconds),
        digits(rss / MIB),
        digits(heapUsed / MIB),
        digits(peakRss / MIB),
      ]);
    }
    printTable(
      ["records", "users", "records/s", "resident MiB", "heap MiB", "peak MiB"],
      rows,
    );
    const warm = Math.round(PARTS * WARM_UP);
    const before = Math.max(...resident.slice(0, warm));
    const after = Math.max(...resident.slice(warm));
    console.log(
      `Most memory after the first quarter / in it: ${
        digits(after / before, 2)
      }`,
    );
    printLoad();
  } finally {
    await server.stop();
  }
}

function count(name: string, text: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value > 0) return value;
  throw new TypeError(`--${name} must be an integer above 0, got ${text}`);
}

function readOptions(): readonly [records: number, users: number] {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      records: { type: "string", default: "2000000" },
      users: { type: "string", default: "500000" },
    },
  });
  return [count("records", values.records), count("users", values.users)];
}

await runBenchmark(USAGE, (directory) => run(...readOptions(), directory));
