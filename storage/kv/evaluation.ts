import type {
  FlagEvaluation,
  FlagSummary,
  VariantEvaluation,
} from "../../engine/evaluation.ts";
import type { JsonObject } from "../../engine/records.ts";
import type {
  ConfigSeen,
  SetupSeen,
} from "../../engine/statistics/flag_statistics.ts";
import { USER_TOTALS } from "../../engine/statistics/flag_statistics.ts";
import {
  nearestRank,
  sketchRanks,
} from "../../engine/statistics/sketch_ranks.ts";
import { formatTimestamp } from "../../engine/timestamp.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { LATENCY_UNITS_PER_MS } from "./count.ts";
import { EVENT_AT, FIRST, LAST, TOTALS, USERS } from "./fields.ts";
import { basicFigures, count, metricSum, ratio } from "./figures.ts";
import type { Figures } from "./figures.ts";
import type { Fields, FlagCounters } from "./flag_counters.ts";
import type { SketchedState } from "./sketch_reader.ts";
import { variantOrder } from "./variant_order.ts";
import type { OrderingSetup } from "./variant_order.ts";

/** A variant that has a record. */
interface CountedVariant {
  readonly name: string;
  /** Of its totals. */
  readonly fields: Fields;
}

/** Every variant that has a record. */
export function variantsIn(counters: FlagCounters): CountedVariant[] {
  return [...counters.of("total")].flatMap(([name, parts]) => {
    const fields = parts.get("")?.fields;
    return fields?.has(FIRST) ? [{ name, fields }] : [];
  });
}

/** The names of variants in the order that a flag's settings declare. */
export function orderOf(
  variants: readonly CountedVariant[],
  setups: readonly OrderingSetup[],
): string[] {
  const seen = variants.map(({ name, fields }) => ({
    name,
    first: Number(fields.get(FIRST)),
  }));
  return variantOrder(seen, setups);
}

/** The figures of every variant that has a record, by name. */
function figuresOf(
  counters: FlagCounters,
): Map<string, { readonly figures: Figures; readonly fields: Fields }> {
  const variants = variantsIn(counters).map(({ name, fields }) => {
    const figures = new Map<string, number>([
      ["users", Number(fields.get(USERS) ?? 0)],
      ...USER_TOTALS.map((total, at): [string, number] => [
        total,
        Number(fields.get(TOTALS + at) ?? 0),
      ]),
    ]);
    return [name, { figures, fields }] as const;
  });
  return new Map(variants);
}

/**
 * A flag over all its variants, or null when it has no assignment.
 *
 * @param setups The settings that the flag has had: they give the order.
 */
export function summaryOf(
  name: string,
  counters: FlagCounters,
  setups: readonly OrderingSetup[],
): FlagSummary | null {
  const variants = figuresOf(counters);
  if (variants.size === 0) return null;
  const sum = new Map<string, number>();
  for (const { figures } of variants.values()) {
    for (const [figure, value] of figures) {
      sum.set(figure, (sum.get(figure) ?? 0) + value);
    }
  }
  return {
    flag_name: name,
    variant_names: orderOf(variantsIn(counters), setups),
    users: count(sum, "users"),
    ...basicFigures(sum),
    ...seenOf([...variants.values()].map(({ fields }) => fields)),
  };
}

/**
 * The figures of one flag, or null when it has no assignment.
 *
 * @param configsOf Reads the configs that a variant has had.
 * @param setups The settings that the flag has had: they give the order.
 */
export async function evaluationOf(
  name: string,
  state: SketchedState,
  configsOf: (variant: string) => Promise<ConfigSeen[]>,
  setups: readonly SetupSeen[],
): Promise<FlagEvaluation | null> {
  const variants = figuresOf(state.counters);
  if (variants.size === 0) return null;
  const order = orderOf(variantsIn(state.counters), setups);
  return {
    flag_name: name,
    ...seenOf([...variants.values()].map(({ fields }) => fields)),
    variants: await Promise.all(
      [...variants]
        .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
        .map(async ([variant, { figures }]) =>
          variantOf(variant, figures, state, latest(await configsOf(variant)))
        ),
    ),
  };
}

function latest(configs: readonly ConfigSeen[]): JsonObject {
  const [last] = configs.toSorted((a, b) =>
    b.last - a.last || (a.hash < b.hash ? -1 : 1)
  );
  return last?.config ?? {};
}

function seenOf(
  variants: readonly Fields[],
): { first_seen: string; last_seen: string } {
  const at = (field: number): number[] =>
    variants.map((fields) => Number(fields.get(field)));
  return {
    first_seen: formatTimestamp(Math.min(...at(FIRST)) * 1000),
    last_seen: formatTimestamp(Math.max(...at(LAST)) * 1000),
  };
}

function variantOf(
  variant: string,
  figures: Figures,
  state: SketchedState,
  config: JsonObject,
): VariantEvaluation {
  const basic = basicFigures(figures);
  const [latency, cost, input, output] = [
    metricSum(figures, "latency"),
    metricSum(figures, "cost"),
    metricSum(figures, "input"),
    metricSum(figures, "output"),
  ];
  const ranks = sketchRanks(state.sketch(variant, "latency"));
  const latencyAt = (share: number): number | null =>
    ranks === null ? null : nearestRank(ranks, share) / LATENCY_UNITS_PER_MS;
  return {
    variant_name: variant,
    users: count(figures, "users"),
    assignments: basic.assignments,
    executions: basic.executions,
    successes: basic.successes,
    failures: basic.failures,
    success_rate: basic.success_rate,
    success_per_assignment: ratio(basic.successes, basic.assignments),
    errors: basic.errors,
    error_rate: basic.error_rate,
    avg_latency_ms: latency.mean,
    p50_latency_ms: latencyAt(0.5),
    p90_latency_ms: latencyAt(0.9),
    p95_latency_ms: latencyAt(0.95),
    p99_latency_ms: latencyAt(0.99),
    latency_count: latency.known,
    avg_cost: cost.mean,
    total_cost: cost.sum,
    cost_per_success: cost.sum === null
      ? null
      : ratio(cost.sum, basic.successes),
    cost_count: cost.known,
    avg_input_tokens: input.mean,
    avg_output_tokens: output.mean,
    total_input_tokens: input.sum,
    total_output_tokens: output.sum,
    input_tokens_count: input.known,
    output_tokens_count: output.known,
    custom_events: Object.fromEntries(
      [...state.counters.of("event").get(variant) ?? []]
        .sort(([a], [b]) => compareCodePoints(a, b))
        .map(([event, { fields }]) => [event, {
          count: Number(fields.get(EVENT_AT.count) ?? 0),
          assignments: Number(fields.get(EVENT_AT.assignments) ?? 0),
        }]),
    ),
    config,
  };
}
