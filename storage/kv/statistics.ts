import type { JsonObject } from "../../engine/records.ts";
import {
  EVENT_TOTALS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import type {
  ConfigSeen,
  EventStatistics,
  FlagStatistics,
  SetupSeen,
  Sketch,
  VariantStatistics,
} from "../../engine/statistics/flag_statistics.ts";
import {
  DAY,
  EVENT_PRODUCT_FIELDS,
  FIRST,
  FLAG_AT,
  LAST,
  NEW_USERS,
  PRODUCT_FIELDS,
  SKETCH_METRICS,
  SKETCH_STRIDE,
  TOTALS,
  USERS,
} from "./fields.ts";
import type { Fields, FlagCounters } from "./flag_counters.ts";
import { configKey, setupKey } from "./keys.ts";
import { recordOf } from "./record_of.ts";
import { bytesOf, getAll } from "./workspace.ts";

const NO_FIELDS: Fields = new Map();
const decoder = new TextDecoder();

/** Puts a flag's counters, and the bodies that they name, into their shape. */
export async function statisticsOf(
  kv: Deno.Kv,
  flag: string,
  counters: FlagCounters,
): Promise<FlagStatistics | null> {
  const totals = [...counters.of("total")].map(([name, parts]) => ({
    name,
    fields: parts.get("")?.fields ?? NO_FIELDS,
  })).filter(({ fields }) => fields.has(FIRST));
  if (totals.length === 0) return null;
  const setups = await readSetups(kv, flag, counters);
  const variants = await Promise.all(totals.map(async ({ name, fields }) => ({
    ...variantOf(name, fields, counters),
    configs: await readConfigs(kv, flag, name, counters),
  })));
  const first = new Map(totals.map(({ name, fields }) => [
    name,
    numberIn(fields, FIRST),
  ]));
  const declared = setups.toSorted((a, b) => b.last - a.last)[0]?.variants ??
    [];
  const place = new Map(declared.map(({ name }, at) => [name, at]));
  const placeOf = (name: string): number => place.get(name) ?? declared.length;
  return {
    flag,
    variants: variants.sort((a, b) =>
      placeOf(a.name) - placeOf(b.name) ||
      (first.get(a.name) ?? 0) - (first.get(b.name) ?? 0) ||
      (a.name < b.name ? -1 : 1)
    ),
    setups,
    usersInSeveralVariants: bigIn(
      counters.fields("flag", "", ""),
      FLAG_AT.users_in_several_variants,
    ),
    firstSeen: Math.min(...first.values()),
    lastSeen: Math.max(...totals.map(({ fields }) => numberIn(fields, LAST))),
  };
}

function variantOf(
  name: string,
  fields: Fields,
  counters: FlagCounters,
): Omit<VariantStatistics, "configs"> {
  const days = [...fields.keys()].filter((field) => field >= NEW_USERS);
  const events = [...counters.of("event").get(name) ?? []];
  return {
    name,
    users: bigIn(fields, USERS),
    sums: recordOf(USER_TOTALS, (_, at) => bigIn(fields, TOTALS + at)),
    products: recordOf(
      PRODUCT_FIELDS.map((product) => product.name),
      (_, at) => bigIn(fields, PRODUCT_FIELDS[at]?.field ?? -1),
    ),
    events: new Map(
      events.map(([event, segment]) => [event, eventOf(segment.fields)]),
    ),
    sketches: recordOf(
      SKETCH_METRICS,
      (metric) =>
        sketchOf(counters.of("sketch").get(name)?.get(metric)?.fields),
    ),
    newUsers: days.sort((a, b) => a - b).map((field) => [
      (field - NEW_USERS) * DAY,
      numberIn(fields, field),
    ]),
  };
}

function eventOf(fields: Fields): EventStatistics {
  return {
    sums: recordOf(EVENT_TOTALS, (_, at) => bigIn(fields, at)),
    products: recordOf(
      EVENT_PRODUCT_FIELDS.map(({ name }) => name),
      (_, at) => bigIn(fields, EVENT_PRODUCT_FIELDS[at]?.field ?? -1),
    ),
  };
}

function sketchOf(fields: Fields = NO_FIELDS): Sketch {
  return [...fields].map(([field, count]) =>
    [
      Math.floor(field / SKETCH_STRIDE),
      field % SKETCH_STRIDE,
      Number(count),
    ] as const
  ).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}

/** The configs that a variant has had, the earliest first. */
export async function readConfigs(
  kv: Deno.Kv,
  flag: string,
  variant: string,
  counters: FlagCounters,
): Promise<ConfigSeen[]> {
  const segments = [...counters.of("config").get(variant)?.values() ?? []];
  const bodies = await getAll(
    kv,
    segments.map(({ part }) => configKey(flag, variant, part)),
  );
  return segments.map(({ part, fields }, at) => ({
    hash: part,
    first: numberIn(fields, FIRST),
    last: numberIn(fields, LAST),
    config: bodyOf(bodies[at]),
  })).sort((a, b) => a.first - b.first || (a.hash < b.hash ? -1 : 1));
}

async function readSetups(
  kv: Deno.Kv,
  flag: string,
  counters: FlagCounters,
): Promise<SetupSeen[]> {
  const segments = [...counters.of("setup").get("")?.values() ?? []];
  const bodies = await getAll(
    kv,
    segments.map(({ part }) => setupKey(flag, part)),
  );
  return segments.map(({ part, fields }, at) => ({
    part,
    first: numberIn(fields, FIRST),
    last: numberIn(fields, LAST),
    ...setupOf(bodyOf(bodies[at])),
  })).sort((a, b) => a.first - b.first || (a.part < b.part ? -1 : 1))
    .map(({ part: _, ...seen }) => seen);
}

function setupOf(
  body: JsonObject,
): Pick<SetupSeen, "rolloutPct" | "variants"> {
  const { rollout_pct: rollout, variants } = body;
  const pairs: unknown[] = Array.isArray(variants) ? variants : [];
  return {
    rolloutPct: Number(rollout),
    variants: pairs.flatMap((pair) =>
      Array.isArray(pair)
        ? [{ name: String(pair[0]), weight: Number(pair[1]) }]
        : []
    ),
  };
}

function bodyOf(entry: Deno.KvEntryMaybe<unknown> | undefined): JsonObject {
  // Written in the commit of the first assignment that carries it.
  if (entry === undefined) throw new TypeError("A body was not read");
  return JSON.parse(decoder.decode(bytesOf(entry)));
}

function bigIn(fields: Fields, field: number): bigint {
  return BigInt(fields.get(field) ?? 0);
}

function numberIn(fields: Fields, field: number): number {
  return Number(fields.get(field) ?? 0);
}
