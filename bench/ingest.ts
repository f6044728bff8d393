/**
 * `deno task bench:ingest`: drives real servers over HTTP, and holds what they
 * take against what Deno KV can write on the same disk. All databases and the
 * raw writer take their turns in every round, so that a ratio compares what
 * ran under the same conditions.
 *
 * @module
 */

import { join } from "node:path";
import { findDenokv, startDenokv } from "../tests/remote/denokv.ts";
import type { KvServer } from "../tests/remote/denokv.ts";
import { INGEST_USAGE, readIngestOptions } from "./load/ingest_options.ts";
import type { IngestOptions } from "./load/ingest_options.ts";
import { printIngest } from "./load/print_ingest.ts";
import type { RawRates } from "./load/print_ingest.ts";
import { RawLimit } from "./load/raw_limit.ts";
import { freePort } from "../tests/processes/free_port.ts";
import { runBenchmark } from "./load/run_benchmark.ts";
import { scenarioPath, ScenarioRun } from "./load/scenario_run.ts";

const LOCAL_CHECKS = 100;
const REMOTE_CHECKS = 10;
const WARM_UP = 0.1;

async function run(options: IngestOptions, directory: string): Promise<void> {
  const kvServers: KvServer[] = [];
  /** The database for a name: a file, or a KV server that has one. */
  const databaseOf = async (
    path: string,
  ): Promise<Pick<KvServer, "url" | "env">> => {
    if (!options.remote) return { url: path, env: {} };
    const program = findDenokv();
    if (program === null) {
      throw new TypeError(
        "--remote needs the program denokv: CONTRIBUTING.md says how to get it",
      );
    }
    const server = await startDenokv(program, path, freePort());
    kvServers.push(server);
    return server;
  };
  const runs: ScenarioRun[] = [];
  const v4 = await databaseOf(join(directory, "raw_v4.kv"));
  const v7 = await databaseOf(join(directory, "raw_v7.kv"));
  const raw = new RawLimit(
    { v4: v4.url, v7: v7.url },
    options.remote ? REMOTE_CHECKS : LOCAL_CHECKS,
    v4.env,
  );
  try {
    const part = options.records / options.rounds;
    for (const scenario of options.scenarios) {
      const path = scenarioPath(directory, scenario);
      const { url, env } = await databaseOf(path);
      const next = new ScenarioRun(scenario, url, env);
      runs.push(next);
      await next.start(part * scenario.share * WARM_UP);
    }
    const rates: RawRates = { v4: [], v7: [] };
    const sample = async (): Promise<void> => {
      rates.v4.push(await raw.sample("v4", part));
      rates.v7.push(await raw.sample("v7", part));
    };
    for (let round = 0; round < options.rounds; round++) {
      await sample();
      for (const turn of runs.keys()) {
        // Another one begins each time.
        const at = (turn + round) % runs.length;
        const share = options.scenarios[at]?.share ?? 1;
        await runs[at]?.round(part * share);
      }
    }
    await sample();
    const figures = [];
    for (const each of runs) figures.push(await each.finish(options.verify));
    printIngest(figures, rates, options.remote ? REMOTE_CHECKS : LOCAL_CHECKS);
  } finally {
    for (const each of runs) await each.stop();
    await raw.close();
    for (const server of kvServers) await server.stop("SIGTERM");
  }
}

await runBenchmark(
  INGEST_USAGE,
  (directory) => run(readIngestOptions(Deno.args), directory),
);
