import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../tests/processes/free_port.ts";
import { ROOT } from "../../tests/processes/root.ts";
import { startServer } from "../../tests/processes/start_server.ts";
import type { ProbeCounts } from "./probe_counts.ts";

/** A real server in a process of its own, with a probe beside it. */
export interface MeasuredServer {
  readonly url: string;
  /** What it did since it started. */
  counts(): Promise<ProbeCounts>;
  stop(): Promise<void>;
}

/** One client sends what many would. */
const UNLIMITED = {
  MODELAB_RATE_PER_KEY: "0",
  MODELAB_RATE_PER_ADDRESS: "0",
} as const;

/**
 * Starts the server that `deno task build` has built.
 *
 * @param path The database: a file, or a URL of KV Connect.
 * @param env Further variables of its environment.
 */
export async function startMeasured(
  path: string,
  env: Readonly<Record<string, string>> = {},
): Promise<MeasuredServer> {
  const port = freePort();
  const server = await startServer(path, {
    permissions: [
      "--no-prompt",
      "--allow-net",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-sys",
      `--preload=${join(ROOT, "bench/load/write_probe.ts")}`,
    ],
    env: { ...UNLIMITED, ...env, MODELAB_BENCH_PROBE_PORT: String(port) },
  });
  return {
    url: server.url,
    async counts() {
      return await (await fetch(`http://127.0.0.1:${port}`)).json();
    },
    async stop() {
      await server.stop("SIGTERM");
    },
  };
}

/** The bytes of a database's file and of its log. */
export function bytesOnDisk(path: string): number {
  return ["", "-wal"].reduce(
    (sum, end) =>
      sum + (existsSync(path + end) ? statSync(path + end).size : 0),
    0,
  );
}
