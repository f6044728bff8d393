import type { JsonObject } from "../../records.ts";
import { sketchCells } from "../../statistics/sketch_cells.ts";
import type {
  FlagStatistics,
  SketchMetric,
  VariantStatistics,
} from "../../statistics/flag_statistics.ts";

/** Exact integers by name, as decimal strings. */
export type IntegersJson = { readonly [name: string]: string };

/** The sums of one custom event. */
export interface EventJson {
  readonly event_name: string;
  readonly sums: IntegersJson;
  readonly products: IntegersJson;
}

/** The sufficient statistics of one variant. */
export interface VariantJson {
  readonly variant_name: string;
  readonly users: string;
  readonly sums: IntegersJson;
  readonly products: IntegersJson;
  readonly events: readonly EventJson[];
  /** [shard, bucket, count] of every cell. */
  readonly sketches: {
    readonly [metric in SketchMetric]: readonly (readonly number[])[];
  };
  /** [start of the day in epoch milliseconds, users first seen on it] */
  readonly new_users: readonly (readonly number[])[];
  readonly configs: readonly {
    readonly hash: string;
    readonly first: number;
    readonly last: number;
    readonly config: JsonObject;
  }[];
}

/** The sufficient statistics of a flag, as JSON; times in epoch milliseconds. */
export interface StatisticsJson {
  readonly flag: string;
  readonly variants: readonly VariantJson[];
  readonly setups: readonly {
    readonly first: number;
    readonly last: number;
    readonly rollout_pct: number;
    readonly variants: readonly (readonly [name: string, weight: number])[];
  }[];
  readonly users_in_several_variants: string;
  readonly first_seen: number;
  readonly last_seen: number;
}

/** Writes sufficient statistics as JSON. */
export function statisticsToJson(statistics: FlagStatistics): StatisticsJson {
  return {
    flag: statistics.flag,
    variants: statistics.variants.map(variantToJson),
    setups: statistics.setups.map(({ first, last, rolloutPct, variants }) => ({
      first,
      last,
      rollout_pct: rolloutPct,
      variants: variants.map(({ name, weight }) => [name, weight] as const),
    })),
    users_in_several_variants: String(statistics.usersInSeveralVariants),
    first_seen: statistics.firstSeen,
    last_seen: statistics.lastSeen,
  };
}

function variantToJson(variant: VariantStatistics): VariantJson {
  const { name, users, sums, products, events, sketches, newUsers, configs } =
    variant;
  return {
    variant_name: name,
    users: String(users),
    sums: integersToJson(sums),
    products: integersToJson(products),
    events: [...events].map(([event_name, event]) => ({
      event_name,
      sums: integersToJson(event.sums),
      products: integersToJson(event.products),
    })),
    sketches: {
      latency: sketchCells(sketches.latency),
      ttft: sketchCells(sketches.ttft),
      cost: sketchCells(sketches.cost),
    },
    new_users: newUsers,
    configs: configs.map(({ hash, first, last, config }) => ({
      hash,
      first,
      last,
      config,
    })),
  };
}

function integersToJson(
  integers: { readonly [name: string]: bigint },
): IntegersJson {
  return Object.fromEntries(
    Object.entries(integers).map(([name, value]) => [name, String(value)]),
  );
}
