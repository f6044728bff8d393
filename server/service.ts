import type { FlagReader } from "../storage/flag_reader.ts";
import { Ledger } from "../storage/kv/ledger.ts";
import { openDatabase } from "../storage/kv/database.ts";
import type { Database } from "../storage/kv/database.ts";
import { KvFlagReader } from "../storage/kv/reader.ts";
import { sweepMinutes } from "../storage/kv/sweep.ts";
import type { Config } from "./config.ts";
import { Metrics } from "./metrics.ts";

/** Everything that handlers work with. */
export interface Service {
  readonly config: Pick<Config, "apiKey" | "readKey">;
  readonly ledger: Ledger;
  readonly reader: FlagReader;
  readonly metrics: Metrics;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether the database answers. */
  readonly ready: () => Promise<boolean>;
  /** Settles what was taken, and closes the database. */
  readonly close: () => Promise<void>;
}

const MINUTE = 60_000;

/**
 * Opens the database and starts what runs beside the requests.
 *
 * @throws {DatabaseError} The database cannot be used.
 */
export async function openService(config: Config): Promise<Service> {
  const database = await openDatabase(config.kvPath);
  const service = serviceOn(database, config);
  const { kv } = database;
  const chores = [
    every(MINUTE, () => service.ledger.countWaiting()),
    every(60 * MINUTE, () => sweepMinutes(kv, service.now())),
  ];
  return {
    ...service,
    async close() {
      for (const chore of chores) clearInterval(chore);
      await service.close();
    },
  };
}

/** A service on a database, with nothing that runs by itself. */
export function serviceOn(
  { kv, limits }: Database,
  config: Pick<Config, "apiKey" | "readKey">,
  now: () => number = Date.now,
): Service {
  const ledger = new Ledger(kv, { limits });
  return {
    config,
    ledger,
    reader: new KvFlagReader(kv, now),
    metrics: new Metrics(),
    now,
    async ready() {
      try {
        await kv.get(["schema"]);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      await ledger.drain();
      kv.close();
    },
  };
}

function every(
  milliseconds: number,
  task: () => Promise<unknown>,
): ReturnType<typeof setInterval> {
  const run = (): void => {
    task().catch((error) => console.error("A chore failed:", error));
  };
  run();
  const timer = setInterval(run, milliseconds);
  Deno.unrefTimer(Number(timer));
  return timer;
}
