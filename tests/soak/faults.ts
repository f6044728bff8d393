import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { runTask } from "../processes/run_task.ts";
import type { SmallDisk } from "../survive/small_disk.ts";
import type { FakeClock } from "./fake_clock.ts";
import { pause, until } from "./wait.ts";

/** What faults do to a server that others send to. */
export interface Victim {
  /** The database's file. */
  readonly path: string;
  readonly url: string;
  /** Answers so far that said 503. */
  readonly unavailable: number;
  restart(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/** What faults need; null where this machine has it not. */
export interface FaultTools {
  readonly disk: SmallDisk | null;
  readonly clock: FakeClock | null;
  /** How long a fault lasts, in milliseconds. */
  readonly lasting: number;
}

/** Bytes of the disk while it is not full: beyond what a soak can write. */
export const ROOM: number = 2 * 1024 ** 3;

const DAY = 24 * 3600;
/** Seconds by which a clock is wrong, one after the other. */
const OFFSETS = [400 * DAY, -3 * DAY, 0, 90, -7200, 20 * 365 * DAY, 0];
/** Bytes that are left on a disk that is about to be full. */
const LEFT = 512 * 1024;

/** A name, and what breaks the server, or looks at it, once. */
export type Fault = readonly [name: string, () => Promise<void>];

/** The faults that this machine can bring about. */
export function faultsOn(victim: Victim, tools: FaultTools): Fault[] {
  const { disk, clock, lasting } = tools;
  let jumps = 0;
  const jump = async (clock: FakeClock): Promise<void> => {
    const offset = OFFSETS[jumps++ % OFFSETS.length] ?? 0;
    clock.set(offset);
    await until(async () => {
      const ahead = await timeOf(victim.url) - Date.now();
      return Math.abs(ahead / 1000 - offset) < 60;
    }, "The server's clock must be the one that was set");
    await pause(lasting);
  };
  return [
    ["kill -9", () => victim.restart("SIGKILL")],
    ["backup", () => backUp(victim.path)],
    ...clock === null ? [] : [
      ["clock jump", () => jump(clock)],
      // A process that starts with a wrong clock.
      ["kill -9", () => victim.restart("SIGKILL")],
      ["clock jump", () => jump(clock)],
    ] satisfies Fault[],
    ["locked database", () => lock(victim.path, lasting)],
    ["SIGTERM", () => victim.restart("SIGTERM")],
    ...disk === null ? [] : [
      ["full disk", () => fill(victim, disk, lasting)],
    ] satisfies Fault[],
  ];
}

/** The time of day as a server tells it, in milliseconds. */
async function timeOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const [, seconds] = /^modelab_time_seconds (\S+)$/m.exec(metrics) ?? [];
  return Number(seconds) * 1000;
}

async function backUp(path: string): Promise<void> {
  const copy = await Deno.makeTempDir({ prefix: "modelab_soak_" });
  try {
    const file = join(copy, "backup.kv");
    const args = ["backup", file];
    const ended = await runTask("backup.ts", path, args, [file]);
    if (ended.code !== 0) throw new Error(`A backup: ${ended.stderr}`);
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
}

async function lock(path: string, lasting: number): Promise<void> {
  const other = new DatabaseSync(path);
  try {
    other.exec("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE");
    await pause(lasting);
    other.exec("COMMIT");
  } finally {
    other.close();
  }
}

async function fill(
  victim: Victim,
  disk: SmallDisk,
  lasting: number,
): Promise<void> {
  const sizes = [...Deno.readDirSync(disk.path)].map(({ name }) =>
    Deno.statSync(join(disk.path, name)).size
  );
  const used = sizes.reduce((sum, size) => sum + size, 0);
  const before = victim.unavailable;
  disk.remount(`size=${Math.ceil((used + LEFT) / 4096) * 4096}`);
  try {
    await until(
      () => Promise.resolve(victim.unavailable > before),
      "A full disk must be answered with 503",
    );
    await pause(lasting);
  } finally {
    disk.remount(`size=${ROOM}`);
  }
}
