import type { FlagReader } from "../storage/flag_reader.ts";
import { AccessKeys } from "../storage/kv/access_keys.ts";
import { eraseUsers } from "../storage/kv/erase.ts";
import type { Erased } from "../storage/kv/erase.ts";
import { archiveFlag } from "../storage/kv/archive.ts";
import { deleteFlag } from "../storage/kv/delete_flag.ts";
import { openDatabase, openReader } from "../storage/kv/database.ts";
import type { Database } from "../storage/kv/database.ts";
import { exportRecords } from "../storage/kv/export_records.ts";
import type {
  ExportedRecord,
  ExportQuery,
} from "../storage/kv/export_records.ts";
import { Ledger } from "../storage/kv/ledger.ts";
import { keepSnapshot } from "../storage/kv/history.ts";
import { KvFlagReader } from "../storage/kv/reader.ts";
import { retireWaiting } from "../storage/kv/delete_waiting.ts";
import type { CommitLimits } from "../storage/kv/limits.ts";
import { retire } from "../storage/kv/retire.ts";
import { settleAll } from "../storage/kv/settle.ts";
import { BodySweep } from "../storage/kv/sweep_bodies.ts";
import { sweepMinutes } from "../storage/kv/sweep.ts";
import { OPEN } from "./access/access.ts";
import type { Access } from "./access/access.ts";
import { Gate } from "./access/gate.ts";
import { KeyRing } from "./access/key_ring.ts";
import { LimitedReader } from "./access/limited_reader.ts";
import { readConfig, requireKeys } from "./config.ts";
import type { Config } from "./config.ts";
import { Rejections } from "./rejections.ts";
import { RequestLimits } from "./limits/request_limits.ts";
import { TokenBuckets } from "./limits/token_buckets.ts";
import { KeptAnswers } from "./kept_answers.ts";
import { log, logError } from "./log.ts";
import { observeCommits } from "./measured_kv.ts";
import { Metrics } from "./metrics.ts";
import { DayEnds } from "./day_ends.ts";
import { News } from "./news.ts";
import { Readiness } from "./readiness.ts";
import { SteadyClock } from "./steady_clock.ts";

/** Everything that handlers work with. */
export interface Service {
  readonly config: Config;
  readonly ledger: Ledger;
  /** Shows what `access` includes. */
  readonly reader: FlagReader;
  readonly metrics: Metrics;
  readonly keys: AccessKeys;
  readonly gate: Gate;
  readonly limits: RequestLimits;
  /** Who asks. */
  readonly access: Access;
  /** Refused records by what was wrong with them. */
  readonly rejections: Rejections;
  /** Keeps how flags stood when a day ended. */
  readonly dayEnds: DayEnds;
  /** Tells pages that there are new figures. */
  readonly news: News;
  /** What was answered about flags, while it is true. */
  readonly answers: KeptAnswers;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Reads the ledger; see export_records.ts. */
  readonly exportRecords: (
    query: ExportQuery,
  ) => AsyncGenerator<ExportedRecord>;
  /** Archives a flag, or takes it out of the archive. */
  readonly archive: (flag: string, archived: boolean) => Promise<void>;
  /** Deletes a flag with its records; see delete_flag.ts. */
  readonly deleteFlag: (flag: string) => Promise<Erased>;
  /** Erases users; see erase.ts. */
  readonly erase: (users: readonly string[]) => Promise<Erased>;
  /** Whether the database takes writes. */
  readonly ready: () => Promise<boolean>;
  /** Settles what was taken, and closes the database. */
  readonly close: () => Promise<void>;
}

const MINUTE = 60_000;
/** How long what was refused waits to be counted. */
const REJECTIONS_EVERY = 5_000;
/** All flags together are too many to look for changes each second. */
const LIST_INTERVAL = 5_000;
/** Wrong keys that an address may send at once, and each second. */
const WRONG_KEYS = { burst: 30, perSecond: 1 };

/**
 * Opens the database and starts what runs beside the requests.
 *
 * @throws {DatabaseError} The database cannot be used.
 * @throws {ConfigError} Others could come in without a key.
 */
export async function openService(config: Config): Promise<Service> {
  const database = await openDatabase(config.kvPath);
  const { kv, limits } = database;
  let reads: Deno.Kv;
  try {
    reads = await openReader(config.kvPath, kv);
  } catch (error) {
    kv.close();
    throw error;
  }
  const service = serviceOn({ ...database, reads }, config);
  try {
    await service.gate.ring.refresh();
    requireKeys(config, service.gate.ring.hasKeys);
  } catch (error) {
    await service.close();
    throw error;
  }
  const bodies = new BodySweep(kv, () => performance.now());
  const steady = new SteadyClock(
    service.now,
    () => performance.now(),
    (by) => log("warn", "The clock jumped", { seconds: Math.round(by / 1000) }),
  );
  const chores = [
    every(REJECTIONS_EVERY, () => service.rejections.flush()),
    every(MINUTE, () => service.ledger.countWaiting()),
    every(MINUTE, () => service.ledger.foldAll()),
    every(MINUTE, () => {
      service.ledger.forgetBodies();
      return settleAll(kv, service.now());
    }),
    every(MINUTE, () => bodies.run()),
    every(MINUTE, steady.guarding(retention(kv, limits, service))),
    every(MINUTE, () => keepHistory(kv, service)),
    every(
      MINUTE,
      steady.guarding(() => sweepMinutes(kv, service.now()), 60 * MINUTE),
    ),
  ];
  return {
    ...service,
    async close() {
      for (const chore of chores) clearInterval(chore);
      await service.close();
    },
  };
}

/** A database, and the handle that pages and evaluations read with. */
interface ReadableDatabase extends Database {
  /** @default kv */
  readonly reads?: Deno.Kv;
}

/** A service on a database, with nothing that runs by itself. */
export function serviceOn(
  { kv, reads = kv, limits }: ReadableDatabase,
  config: Partial<Config>,
  now: () => number = Date.now,
): Service {
  const complete = { ...readConfig(() => undefined), ...config };
  const metrics = new Metrics();
  observeCommits(kv, (end, seconds) => metrics.countCommit(end, seconds));
  const clock = (): number => performance.now();
  const keys = new AccessKeys(kv);
  const ring = new KeyRing(keys, complete, now);
  const { burst, perSecond } = WRONG_KEYS;
  const failures = new TokenBuckets(perSecond, burst, clock);
  const reader = new KvFlagReader(reads, now);
  const ledger = new Ledger(kv, {
    limits,
    reads,
    onFold: (fold) => reader.folded(fold),
  });
  const rejections = new Rejections(kv, now);
  const readiness = new Readiness(kv, clock);
  return {
    config: complete,
    ledger,
    reader,
    rejections,
    dayEnds: new DayEnds((flag) => keepSnapshot(kv, reader, flag, now()), now),
    news: new News({
      versionOf: (flag) =>
        flag === null
          ? Promise.resolve(String(Math.floor(clock() / LIST_INTERVAL)))
          : reader.readVersion(flag),
    }),
    answers: new KeptAnswers({ clock }),
    metrics,
    keys,
    gate: new Gate(ring, failures, now),
    limits: new RequestLimits(complete, clock),
    access: OPEN,
    now,
    exportRecords: (query) => exportRecords(reads, query),
    archive: (flag, archived) => archiveFlag(kv, flag, archived ? now() : null),
    deleteFlag: (flag) => deleteFlag(kv, flag, limits, now()),
    erase: (users) => eraseUsers(kv, users, limits, now()),
    ready: () => readiness.check(),
    async close() {
      await ledger.drain();
      // They are not worth that a server does not end.
      await rejections.flush().catch(() => {});
      if (reads !== kv) reads.close();
      kv.close();
    },
  };
}

/** The service as somebody may use it. */
export function serviceFor(service: Service, access: Access): Service {
  const { reader } = service;
  return access.flagPrefix === null
    ? { ...service, access }
    : { ...service, access, reader: new LimitedReader(reader, access) };
}

const DAY = 24 * 60 * MINUTE;
/** Assignments that one run of the retention deletes, and looks at. */
const RETIRED_AT_ONCE = 5000;

/** Deletes records that are older than what is kept, some at a time. */
function retention(
  kv: Deno.Kv,
  limits: CommitLimits,
  { config: { retentionDays }, now }: Service,
): () => Promise<void> {
  let waiting: string | null = null;
  return async () => {
    if (retentionDays === 0) return;
    const before = now() - retentionDays * DAY;
    const most = RETIRED_AT_ONCE;
    await retire(kv, { before, limits, most });
    waiting = await retireWaiting(kv, before, waiting, most);
  };
}

/** Keeps how each flag stands, where that is due. */
async function keepHistory(
  kv: Deno.Kv,
  { reader, now }: Service,
): Promise<void> {
  const { flags } = await reader.listFlags();
  for (const { flag_name } of flags) {
    await keepSnapshot(kv, reader, flag_name, now());
  }
}

function every(
  milliseconds: number,
  task: () => Promise<unknown>,
): ReturnType<typeof setInterval> {
  const run = (): void => {
    task().catch((error) => logError("A chore failed", error));
  };
  run();
  const timer = setInterval(run, milliseconds);
  Deno.unrefTimer(Number(timer));
  return timer;
}
