import type { CustomEventCount } from "../../engine/evaluation.ts";
import { addFigure } from "./figures.ts";
import type { Figures } from "./figures.ts";
import { counterPrefix } from "./keys.ts";

/** Deno KV hands out at most this many entries at once. */
const BATCH = { batchSize: 1000 };

/** When something was seen, in epoch milliseconds. */
export interface Seen {
  readonly first: number;
  readonly last: number;
}

/** Everything that the counters say about one variant. */
export interface VariantCounters {
  readonly figures: Figures;
  seen: Seen;
  readonly events: Map<string, CustomEventCount>;
  /** Bucket and count of the latency sketch, in ascending order. */
  readonly latencies: [bucket: number, count: number][];
  /** When each config was assigned, by its hash. */
  readonly configs: Map<string, Seen>;
}

const NEVER: Seen = { first: Infinity, last: -Infinity };

/** Reads the totals of one flag, or of all: flag, variant, figures. */
export async function readTotals(
  kv: Deno.Kv,
  flag?: string,
): Promise<Map<string, Map<string, VariantCounters>>> {
  const flags = new Map<string, Map<string, VariantCounters>>();
  const totals = kv.list<Deno.KvU64>(
    { prefix: counterPrefix("total", flag) },
    BATCH,
  );
  for await (const { key: [, flagName, variant, name], value } of totals) {
    const variants = flags.get(String(flagName)) ?? new Map();
    flags.set(String(flagName), variants);
    const counters: VariantCounters = variants.get(String(variant)) ??
      emptyCounters();
    variants.set(String(variant), counters);
    addFigure(counters.figures, String(name), value.value);
  }
  const seen = kv.list<Deno.KvU64>(
    { prefix: counterPrefix("seen", flag) },
    BATCH,
  );
  for await (const { key: [, flagName, variant, which], value } of seen) {
    const counters = flags.get(String(flagName))?.get(String(variant));
    if (counters === undefined) continue;
    counters.seen = withSeen(counters.seen, which, value);
  }
  return flags;
}

/** Reads everything about one flag: by variant, or null if there is none. */
export async function readFlag(
  kv: Deno.Kv,
  flag: string,
): Promise<Map<string, VariantCounters> | null> {
  const variants = (await readTotals(kv, flag)).get(flag);
  if (variants === undefined) return null;
  const list = (space: "event" | "sketch" | "config_seen") =>
    kv.list<Deno.KvU64>({ prefix: counterPrefix(space, flag) }, BATCH);
  for await (const { key, value } of list("event")) {
    const [, , variant, event, name] = key;
    const events = variants.get(String(variant))?.events;
    const before = events?.get(String(event)) ?? { count: 0, assignments: 0 };
    const field = name === "count" ? "count" : "assignments";
    events?.set(String(event), { ...before, [field]: Number(value.value) });
  }
  for await (const { key: [, , variant, , bucket], value } of list("sketch")) {
    variants.get(String(variant))?.latencies.push(
      [Number(bucket), Number(value.value)],
    );
  }
  for await (const { key, value } of list("config_seen")) {
    const [, , variant, hash, which] = key;
    const configs = variants.get(String(variant))?.configs;
    const before = configs?.get(String(hash)) ?? NEVER;
    configs?.set(String(hash), withSeen(before, which, value));
  }
  return variants;
}

function emptyCounters(): VariantCounters {
  return {
    figures: new Map(),
    seen: NEVER,
    events: new Map(),
    latencies: [],
    configs: new Map(),
  };
}

function withSeen(
  seen: Seen,
  which: Deno.KvKeyPart | undefined,
  value: Deno.KvU64,
): Seen {
  const time = Number(value.value);
  return which === "first" ? { ...seen, first: time } : { ...seen, last: time };
}
