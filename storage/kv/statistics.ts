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
  TOTALS,
  USERS,
} from "./fields.ts";
import type { BodyReader } from "./body_reader.ts";
import type { Fields, FlagCounters, Segment } from "./flag_counters.ts";
import { configKey, setupKey } from "./keys.ts";
import { recordOf } from "./record_of.ts";
import type { SketchedState } from "./sketch_reader.ts";
import { variantOrder } from "./variant_order.ts";
import type { OrderingSetup } from "./variant_order.ts";

const NO_FIELDS: Fields = new Map();

/** Puts a flag's counters, and the bodies that they name, into their shape. */
export async function statisticsOf(
  bodies: BodyReader,
  flag: string,
  state: SketchedState,
): Promise<FlagStatistics | null> {
  const { counters } = state;
  const totals = [...counters.of("total")].map(([name, parts]) => ({
    name,
    fields: parts.get("")?.fields ?? NO_FIELDS,
  })).filter(({ fields }) => fields.has(FIRST));
  if (totals.length === 0) return null;
  const setups = await readSetups(bodies, flag, counters);
  const variants = await Promise.all(totals.map(async ({ name, fields }) => ({
    ...variantOf(name, fields, state),
    configs: await readConfigs(bodies, flag, name, counters),
  })));
  const seen = totals.map(({ name, fields }) => ({
    name,
    first: numberIn(fields, FIRST),
  }));
  const order = variantOrder(seen, setups);
  return {
    flag,
    variants: variants.sort((a, b) =>
      order.indexOf(a.name) - order.indexOf(b.name)
    ),
    setups,
    usersInSeveralVariants: bigIn(
      counters.fields("flag", "", ""),
      FLAG_AT.users_in_several_variants,
    ),
    firstSeen: Math.min(...seen.map(({ first }) => first)),
    lastSeen: Math.max(...totals.map(({ fields }) => numberIn(fields, LAST))),
  };
}

function variantOf(
  name: string,
  fields: Fields,
  state: SketchedState,
): Omit<VariantStatistics, "configs"> {
  const days = [...fields.keys()].filter((field) => field >= NEW_USERS);
  const events = [...state.counters.of("event").get(name) ?? []];
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
      (metric) => state.sketch(name, metric),
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

/** The configs that a variant has had, the earliest first. */
export async function readConfigs(
  bodies: BodyReader,
  flag: string,
  variant: string,
  counters: FlagCounters,
): Promise<ConfigSeen[]> {
  const segments = [...counters.of("config").get(variant)?.values() ?? []];
  const read = await bodies.read(
    segments.map(({ part }) => configKey(flag, variant, part)),
  );
  return segments.map(({ part, fields }, at) => ({
    hash: part,
    first: numberIn(fields, FIRST),
    last: numberIn(fields, LAST),
    config: read[at] ?? {},
  })).sort((a, b) => a.first - b.first || (a.hash < b.hash ? -1 : 1));
}

export async function readSetups(
  bodies: BodyReader,
  flag: string,
  counters: FlagCounters,
): Promise<SetupSeen[]> {
  const segments = [...counters.of("setup").get("")?.values() ?? []]
    .sort(byFirst);
  const read = await bodies.read(
    segments.map(({ part }) => setupKey(flag, part)),
  );
  return segments.map(({ fields }, at) => ({
    first: numberIn(fields, FIRST),
    last: numberIn(fields, LAST),
    ...setupOf(read[at] ?? {}),
  }));
}

/** Of each flag the settings that were seen last: one, or none. */
export async function readLatestSetups(
  bodies: BodyReader,
  flags: readonly (readonly [flag: string, FlagCounters])[],
): Promise<OrderingSetup[][]> {
  const latest = flags.map(([, counters]) =>
    [...counters.of("setup").get("")?.values() ?? []].toSorted((a, b) =>
      numberIn(b.fields, LAST) - numberIn(a.fields, LAST) || byFirst(a, b)
    ).slice(0, 1)
  );
  const keys = latest.map((setups, at) =>
    setups.map(({ part }) => setupKey(flags[at]?.[0] ?? "", part))
  );
  const read = await bodies.read(keys.flat());
  let next = 0;
  return latest.map((setups) =>
    setups.map(({ fields }) => ({
      last: numberIn(fields, LAST),
      variants: setupOf(read[next++] ?? {}).variants,
    }))
  );
}

/** The earliest first. */
function byFirst(a: Segment, b: Segment): number {
  return numberIn(a.fields, FIRST) - numberIn(b.fields, FIRST) ||
    (a.part < b.part ? -1 : 1);
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

function bigIn(fields: Fields, field: number): bigint {
  return BigInt(fields.get(field) ?? 0);
}

function numberIn(fields: Fields, field: number): number {
  return Number(fields.get(field) ?? 0);
}
