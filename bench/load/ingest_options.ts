import { parseArgs } from "node:util";

/** What one database is filled with, and by how many servers. */
export interface Scenario {
  readonly name: string;
  readonly ids: "v4" | "v7";
  readonly flags: number;
  readonly processes: number;
  readonly clients: number;
  /** Traces in a request; 0 sends each record by itself. */
  readonly traces: number;
  /** Of the run's records, how many this scenario gets. */
  readonly share: number;
}

/** How the ingest benchmark runs. */
export interface IngestOptions {
  readonly scenarios: readonly Scenario[];
  readonly records: number;
  readonly rounds: number;
  /** Keep the databases on KV servers of their own, and reach them by URL. */
  readonly remote: boolean;
  readonly verify: boolean;
}

const BASE = {
  flags: 1,
  processes: 1,
  clients: 8,
  traces: 50,
  share: 1,
} as const;

const SCENARIOS: readonly Scenario[] = [
  { ...BASE, name: "v4", ids: "v4" },
  { ...BASE, name: "v7", ids: "v7" },
  { ...BASE, name: "20 flags", ids: "v7", flags: 20 },
  { ...BASE, name: "2 processes", ids: "v7", processes: 2 },
  { ...BASE, name: "single x8", ids: "v7", traces: 0, share: 0.1 },
  { ...BASE, name: "single x1", ids: "v7", traces: 0, clients: 1, share: 0.02 },
];

export const INGEST_USAGE = `deno task bench:ingest
  --records=N     records of each database (120000)
  --rounds=N      samples of each, taken in turns (6)
  --only=A,B      of ${SCENARIOS.map(({ name }) => name).join(", ")}
  --remote        on self-hosted KV servers (denokv), over KV Connect
  --no-verify     do not recount the databases at the end
One database of your own instead:
  --ids=v4|v7  --flags=N  --processes=N  --clients=N
  --traces=N      in a request; 0 sends every record by itself`;

/**
 * Reads the command line.
 *
 * @throws {TypeError} It has an option that is unknown or cannot be.
 */
export function readIngestOptions(args: readonly string[]): IngestOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      records: { type: "string", default: "120000" },
      rounds: { type: "string", default: "6" },
      only: { type: "string" },
      remote: { type: "boolean", default: false },
      "no-verify": { type: "boolean", default: false },
      ids: { type: "string" },
      flags: { type: "string" },
      processes: { type: "string" },
      clients: { type: "string" },
      traces: { type: "string" },
    },
  });
  const { only, ids, flags, processes, clients, traces } = values;
  if (ids !== undefined && ids !== "v4" && ids !== "v7") {
    throw new TypeError(`--ids must be v4 or v7, got ${ids}`);
  }
  const own = [ids, flags, processes, clients, traces]
    .some((value) => value !== undefined);
  const custom: Scenario = {
    ...BASE,
    name: "custom",
    ids: ids ?? "v7",
    flags: count("flags", flags, BASE.flags),
    processes: count("processes", processes, BASE.processes),
    clients: count("clients", clients, BASE.clients),
    traces: count("traces", traces, BASE.traces, 0),
  };
  return {
    scenarios: own ? [custom] : chosen(only),
    records: count("records", values.records, 0),
    rounds: count("rounds", values.rounds, 0),
    remote: values.remote,
    verify: !values["no-verify"],
  };
}

function chosen(only: string | undefined): readonly Scenario[] {
  if (only === undefined) return SCENARIOS;
  return only.split(",").map((wanted) => {
    const found = SCENARIOS.find(({ name }) => name === wanted);
    if (found !== undefined) return found;
    throw new TypeError(
      `--only must be of ${SCENARIOS.map(({ name }) => name)}, got ${wanted}`,
    );
  });
}

function count(
  name: string,
  text: string | undefined,
  otherwise: number,
  least = 1,
): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least) return value;
  throw new TypeError(
    `--${name} must be an integer of at least ${least}, got ${text}`,
  );
}
