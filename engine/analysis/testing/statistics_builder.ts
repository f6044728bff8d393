import { sketchBucket } from "../../sketch.ts";
import {
  CROSS_PRODUCTS,
  EVENT_PRODUCTS,
  EVENT_TOTALS,
  type EventProduct,
  type EventStatistics,
  type EventTotal,
  type FlagStatistics,
  type SetupSeen,
  type Sketch,
  SKETCH_SHARDS,
  type SketchMetric,
  USER_TOTALS,
  type UserProduct,
  type UserTotal,
  type VariantStatistics,
} from "../../statistics/flag_statistics.ts";

/** One LLM call; what is left out is unknown. */
export interface TestCall {
  readonly latencyMs?: number;
  readonly ttftMs?: number;
  readonly cost?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly error?: boolean;
}

/** One assignment with what came of it. */
export interface TestAssignment {
  readonly outcome?: "success" | "failure";
  readonly calls?: readonly TestCall[];
  readonly events?: readonly {
    readonly name: string;
    readonly value?: number;
  }[];
}

type Totals = { [total in UserTotal]: number };
type EventTotals = { [total in EventTotal]: number };

export const DAY = 86_400_000;
/** 2026-01-01 */
export const START = 1_767_225_600_000;

const PRODUCTS: readonly UserProduct[] = [
  ...USER_TOTALS.map((total): UserProduct =>
    // The square of a total is a product of the contract.
    `${total}*${total}` as UserProduct
  ),
  ...CROSS_PRODUCTS,
];

/** Adds up sufficient statistics from whole users, as storage does by records. */
export class StatisticsBuilder {
  readonly #variants = new Map<string, VariantBuilder>();
  readonly #setups: SetupSeen[] = [];
  severalVariants = 0;
  lastDay = 0;

  /** @param variants Names in the order of the flag. */
  constructor(variants: readonly string[]) {
    for (const name of variants) {
      this.#variants.set(name, new VariantBuilder(name));
    }
  }

  /** Adds a user with all that the user ever does; `day` counts from 0. */
  add(variant: string, assignments: readonly TestAssignment[], day = 0): void {
    this.lastDay = Math.max(this.lastDay, day);
    this.variant(variant).add(assignments, day);
  }

  setup(
    variants: readonly (readonly [string, number])[],
    rolloutPct = 100,
  ): this {
    this.#setups.push({
      first: START,
      last: START,
      rolloutPct,
      variants: variants.map(([name, weight]) => ({ name, weight })),
    });
    return this;
  }

  config(variant: string, hash: string, day = 0): this {
    this.variant(variant).configs.push({
      hash,
      first: START + day * DAY,
      last: START + day * DAY,
      config: { model: hash },
    });
    return this;
  }

  variant(name: string): VariantBuilder {
    const builder = this.#variants.get(name) ?? new VariantBuilder(name);
    this.#variants.set(name, builder);
    return builder;
  }

  /** @param copies As if there were so many of every user. */
  build(copies = 1): FlagStatistics {
    return {
      flag: "reply",
      variants: [...this.#variants.values()].map((builder) =>
        builder.build(copies)
      ),
      setups: this.#setups,
      usersInSeveralVariants: BigInt(this.severalVariants),
      firstSeen: START,
      lastSeen: START + this.lastDay * DAY + DAY / 2,
    };
  }
}

class VariantBuilder {
  readonly configs: VariantStatistics["configs"][number][] = [];
  readonly #name: string;
  readonly #sums: Totals = zeros(USER_TOTALS);
  readonly #products: { [product in UserProduct]: bigint } = bigZeros(PRODUCTS);
  readonly #events = new Map<string, EventBuilder>();
  readonly #sketches: { [metric in SketchMetric]: Map<number, number> } = {
    latency: new Map(),
    ttft: new Map(),
    cost: new Map(),
  };
  readonly #newUsers = new Map<number, number>();
  #users = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(assignments: readonly TestAssignment[], day: number): void {
    const shard = this.#users % SKETCH_SHARDS;
    this.#users++;
    const start = START + day * DAY;
    this.#newUsers.set(start, (this.#newUsers.get(start) ?? 0) + 1);
    const totals: Totals = zeros(USER_TOTALS);
    const events = new Map<string, EventTotals>();
    for (const { outcome, calls = [], events: seen = [] } of assignments) {
      totals.assignments++;
      if (outcome === "success") totals.successes++;
      if (outcome === "failure") totals.failures++;
      for (const call of calls) this.#call(call, totals, shard);
      for (const { name, value } of seen) {
        const event = events.get(name) ?? zeros(EVENT_TOTALS);
        events.set(name, event);
        event.count++;
        if (value === undefined) continue;
        event.value += Math.round(value * 1e6);
        event.valued++;
      }
      for (const name of new Set(seen.map(({ name }) => name))) {
        const event = events.get(name);
        if (event !== undefined) event.assignments++;
      }
    }
    for (const total of USER_TOTALS) this.#sums[total] += totals[total];
    for (const product of PRODUCTS) {
      const value = multiply(product, totals);
      if (value !== 0n) this.#products[product] += value;
    }
    for (const [name, event] of events) {
      const builder = this.#events.get(name) ?? new EventBuilder();
      this.#events.set(name, builder);
      builder.add(event, totals);
    }
  }

  #call(call: TestCall, totals: Totals, shard: number): void {
    totals.executions++;
    if (call.error === true) totals.errors++;
    const measure = (
      metric: SketchMetric,
      value: number | undefined,
      unit: number,
    ): void => {
      if (value === undefined) return;
      const units = Math.round(value * unit);
      totals[metric] += units;
      totals[`${metric}_known`]++;
      const cell = sketchBucket(units) * SKETCH_SHARDS + shard;
      const cells = this.#sketches[metric];
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    };
    measure("latency", call.latencyMs, 10);
    measure("ttft", call.ttftMs, 10);
    measure("cost", call.cost, 1e9);
    if (call.inputTokens !== undefined) {
      totals.input += call.inputTokens;
      totals.input_known++;
    }
    if (call.outputTokens !== undefined) {
      totals.output += call.outputTokens;
      totals.output_known++;
    }
  }

  build(copies: number): VariantStatistics {
    return {
      name: this.#name,
      users: BigInt(this.#users) * BigInt(copies),
      sums: bigs(USER_TOTALS, this.#sums, copies),
      products: bigs(PRODUCTS, this.#products, copies),
      events: new Map(
        [...this.#events].map(([name, event]) => [name, event.build(copies)]),
      ),
      sketches: {
        latency: sketchOf(this.#sketches.latency, copies),
        ttft: sketchOf(this.#sketches.ttft, copies),
        cost: sketchOf(this.#sketches.cost, copies),
      },
      newUsers: [...this.#newUsers].sort(([a], [b]) => a - b)
        .map(([day, users]) => [day, users * copies]),
      configs: this.configs,
    };
  }
}

class EventBuilder {
  readonly #sums: EventTotals = zeros(EVENT_TOTALS);
  readonly #products: { [product in EventProduct]: bigint } = bigZeros(
    EVENT_PRODUCTS,
  );

  add(event: EventTotals, user: Totals): void {
    for (const total of EVENT_TOTALS) this.#sums[total] += event[total];
    const all = {
      ...event,
      all_assignments: user.assignments,
      executions: user.executions,
    };
    for (const product of EVENT_PRODUCTS) {
      this.#products[product] += multiply(product, all);
    }
  }

  build(copies: number): EventStatistics {
    return {
      sums: bigs(EVENT_TOTALS, this.#sums, copies),
      products: bigs(EVENT_PRODUCTS, this.#products, copies),
    };
  }
}

const FACTORS = new Map(
  [...PRODUCTS, ...EVENT_PRODUCTS].map((product) => [
    product,
    product.split("*"),
  ]),
);

function multiply(
  product: UserProduct | EventProduct,
  totals: { readonly [total: string]: number },
): bigint {
  const [a = "", b = ""] = FACTORS.get(product) ?? [];
  const [x, y] = [totals[a] ?? 0, totals[b] ?? 0];
  return x === 0 || y === 0 ? 0n : BigInt(x) * BigInt(y);
}

function sketchOf(cells: ReadonlyMap<number, number>, copies: number): Sketch {
  const sorted = [...cells].sort(([a], [b]) => a - b);
  return {
    cells: Uint32Array.from(sorted, ([cell]) => cell),
    counts: Float64Array.from(sorted, ([, count]) => count * copies),
  };
}

function zeros<K extends string>(names: readonly K[]): { [name in K]: number } {
  return Object.fromEntries(names.map((name) => [name, 0])) as {
    [name in K]: number;
  };
}

function bigZeros<K extends string>(
  names: readonly K[],
): { [name in K]: bigint } {
  return Object.fromEntries(names.map((name) => [name, 0n])) as {
    [name in K]: bigint;
  };
}

function bigs<K extends string>(
  names: readonly K[],
  totals: { readonly [name in K]: number | bigint },
  copies: number,
): { [name in K]: bigint } {
  return Object.fromEntries(
    names.map((name) => [name, BigInt(totals[name]) * BigInt(copies)]),
  ) as { [name in K]: bigint };
}
