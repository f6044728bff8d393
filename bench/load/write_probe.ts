/**
 * Runs in a server's process before its program, by `deno run --preload`:
 * counts what goes through Deno KV, by wrapping the methods of every handle,
 * and answers with the counts on a port of its own.
 *
 * @module
 */

import process from "node:process";
import { serialize } from "node:v8";
import { keyBytes } from "../../storage/kv/key_bytes.ts";
import type { ProbeCounts } from "./probe_counts.ts";

/** The port on which it answers, under this name in the environment. */
const PORT = "MODELAB_BENCH_PROBE_PORT";
/** Deno Deploy counts a write in units of so many bytes, each rounded up. */
const WRITE_UNIT = 1024;
const FRAMING = 2;
const NUMBER_BYTES = 9;
const COUNTER_BYTES = 8;

const counts = {
  commits: 0,
  failedCommits: 0,
  checks: 0,
  mutations: 0,
  units: 0,
  commitMillis: 0,
  reads: 0,
  readMillis: 0,
};

/** What one atomic would write. */
interface Pending {
  checks: number;
  mutations: number;
  units: number;
}
const pending = new WeakMap<Deno.AtomicOperation, Pending>();

function pendingOf(atomic: Deno.AtomicOperation): Pending {
  let found = pending.get(atomic);
  if (found === undefined) {
    found = { checks: 0, mutations: 0, units: 0 };
    pending.set(atomic, found);
  }
  return found;
}

function encodedKeyBytes(key: Deno.KvKey): number {
  return key.reduce<number>((sum, part) => {
    if (typeof part === "string") return sum + keyBytes(part) + FRAMING;
    if (part instanceof Uint8Array) return sum + part.length + FRAMING;
    return sum + (typeof part === "boolean" ? 1 : NUMBER_BYTES);
  }, 0);
}

function valueBytes(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Deno.KvU64) return COUNTER_BYTES;
  return serialize(value).length;
}

function noteWrite(
  atomic: Deno.AtomicOperation,
  key: Deno.KvKey,
  bytes: number,
): void {
  const write = pendingOf(atomic);
  write.mutations++;
  write.units += Math.ceil((encodedKeyBytes(key) + bytes) / WRITE_UNIT);
}

async function timed<T>(
  into: "commitMillis" | "readMillis",
  task: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  try {
    return await task();
  } finally {
    counts[into] += performance.now() - start;
  }
}

function wrapAtomics(): void {
  const atomic = Deno.AtomicOperation.prototype;
  const { check, set, sum, min, max, delete: remove, commit } = atomic;
  atomic.check = function (...checks) {
    pendingOf(this).checks += checks.length;
    return check.apply(this, checks);
  };
  atomic.set = function (key, value, options) {
    noteWrite(this, key, valueBytes(value));
    return set.call(this, key, value, options);
  };
  atomic.delete = function (key) {
    noteWrite(this, key, 0);
    return remove.call(this, key);
  };
  for (const [name, method] of Object.entries({ sum, min, max })) {
    Reflect.set(atomic, name, function (
      this: Deno.AtomicOperation,
      key: Deno.KvKey,
      amount: bigint,
    ) {
      noteWrite(this, key, COUNTER_BYTES);
      return method.call(this, key, amount);
    });
  }
  atomic.commit = async function () {
    const { checks, mutations, units } = pendingOf(this);
    let ok = false;
    try {
      const result = await timed("commitMillis", () => commit.call(this));
      ok = result.ok;
      return result;
    } finally {
      if (ok) {
        counts.commits++;
        counts.checks += checks;
        counts.mutations += mutations;
        counts.units += units;
      } else counts.failedCommits++;
    }
  };
}

function wrapReads(): void {
  const kv = Deno.Kv.prototype;
  for (const name of ["get", "getMany"] as const) {
    const method = kv[name];
    Reflect.set(kv, name, function (this: Deno.Kv, ...values: never[]) {
      counts.reads++;
      return timed("readMillis", () => Reflect.apply(method, this, values));
    });
  }
}

wrapAtomics();
wrapReads();
const server = Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.env.get(PORT)),
  onListen: () => {},
}, () => {
  const { rss, heapUsed } = Deno.memoryUsage();
  const { user, system } = process.cpuUsage();
  const answer: ProbeCounts = {
    ...counts,
    rss,
    heapUsed,
    // In KiB.
    peakRss: process.resourceUsage().maxRSS * 1024,
    cpuMillis: (user + system) / 1000,
  };
  return Response.json(answer);
});
// The program begins when nothing is left that keeps a process going.
server.unref();
