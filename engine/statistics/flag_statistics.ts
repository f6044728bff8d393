/**
 * The sufficient statistics of a flag: what storage counts, and all that the
 * analysis sees. Every figure is an exact integer, so that n·Σx² − (Σx)² can
 * be computed before anything becomes a float.
 *
 * The unit is the user. A user's total is the sum over all of the user's
 * assignments under one variant; a sum adds the totals of all users, a product
 * adds, over all users, one total times another.
 *
 * @module
 */

import type { JsonObject } from "../records.ts";

/**
 * What is added up for each user.
 *
 * | total | unit |
 * | --- | --- |
 * | assignments, executions, successes, failures, errors | 1 |
 * | latency, ttft | 0.1 ms, over the executions where it is known |
 * | cost | 10⁻⁹ US dollars, likewise |
 * | input, output | 1 token, likewise |
 * | latency_known, ttft_known, cost_known, input_known, output_known | the executions where it is known |
 */
export const USER_TOTALS = [
  "assignments",
  "executions",
  "successes",
  "failures",
  "errors",
  "latency",
  "latency_known",
  "ttft",
  "ttft_known",
  "cost",
  "cost_known",
  "input",
  "input_known",
  "output",
  "output_known",
] as const;

/** A name in {@linkcode USER_TOTALS}. */
export type UserTotal = typeof USER_TOTALS[number];

/** The products beside the square of every total. */
export const CROSS_PRODUCTS = [
  "successes*assignments",
  "failures*assignments",
  "successes*failures",
  "errors*executions",
  "successes*executions",
  "latency*executions",
  "cost*executions",
  "input*executions",
  "output*executions",
  "cost*successes",
  "cost*latency",
  "latency*successes",
  "latency*latency_known",
  "ttft*ttft_known",
  "cost*cost_known",
  "input*input_known",
  "output*output_known",
] as const;

/** The sum over all users of the product of two totals. */
export type UserProduct =
  | `${UserTotal}*${UserTotal}`
    & (typeof CROSS_PRODUCTS[number])
  | { [total in UserTotal]: `${total}*${total}` }[UserTotal];

/** What is added up for each user of one custom event. */
export const EVENT_TOTALS = [
  /** Occurrences. */
  "count",
  /** Assignments with at least one occurrence. */
  "assignments",
  /** Sum of the numeric values, in millionths; may be negative. */
  "value",
  /** Occurrences that carry a value. */
  "valued",
] as const;

/** A name in {@linkcode EVENT_TOTALS}. */
export type EventTotal = typeof EVENT_TOTALS[number];

/** The products of a custom event. */
export const EVENT_PRODUCTS = [
  "count*count",
  "assignments*assignments",
  "value*value",
  "valued*valued",
  "value*valued",
  /** With the user's assignments under the variant. */
  "assignments*all_assignments",
  /** With the user's executions under the variant. */
  "count*executions",
] as const;

/** A name in {@linkcode EVENT_PRODUCTS}. */
export type EventProduct = typeof EVENT_PRODUCTS[number];

/** The sums of one custom event under one variant. */
export interface EventStatistics {
  readonly sums: { readonly [total in EventTotal]: bigint };
  readonly products: { readonly [product in EventProduct]: bigint };
}

/** What has a distribution: latency and ttft in 0.1 ms, cost in 10⁻⁹ dollars. */
export type SketchMetric = "latency" | "ttft" | "cost";

/** Users are spread over so many shards, by a hash of flag and user. */
export const SKETCH_SHARDS = 64;

/**
 * A distribution: its non-empty cells, in ascending order of bucket (see
 * engine/sketch.ts), then shard. In columns, since it has tens of thousands of
 * cells, and is read anew with each batch of records.
 */
export interface Sketch {
  /** By cell: bucket · {@linkcode SKETCH_SHARDS} + shard. */
  readonly cells: Uint32Array;
  /** By cell: the number of values in it. */
  readonly counts: Float64Array;
}

/** A config that a variant has had. */
export interface ConfigSeen {
  /** Names the config's body. */
  readonly hash: string;
  /** Epoch milliseconds of the earliest assignment that carries it. */
  readonly first: number;
  /** Of the latest. */
  readonly last: number;
  readonly config: JsonObject;
}

/** Settings that a flag has had, as its SDK declared them. */
export interface SetupSeen {
  /** Epoch milliseconds of the earliest assignment that carries them. */
  readonly first: number;
  /** Of the latest. */
  readonly last: number;
  /** Percentage of all users who take part, from 0 to 100. */
  readonly rolloutPct: number;
  /** In the order of the flag's declaration. */
  readonly variants: readonly {
    readonly name: string;
    readonly weight: number;
  }[];
}

/** The sufficient statistics of one variant. */
export interface VariantStatistics {
  readonly name: string;
  /** Distinct users. */
  readonly users: bigint;
  readonly sums: { readonly [total in UserTotal]: bigint };
  readonly products: { readonly [product in UserProduct]: bigint };
  /** By the event's name. */
  readonly events: ReadonlyMap<string, EventStatistics>;
  readonly sketches: { readonly [metric in SketchMetric]: Sketch };
  /** Start of a day (UTC) in epoch milliseconds, and users first seen on it. */
  readonly newUsers: readonly (readonly [day: number, users: number])[];
  /** Every config seen, the earliest first. */
  readonly configs: readonly ConfigSeen[];
}

/** The sufficient statistics of one flag. */
export interface FlagStatistics {
  readonly flag: string;
  /**
   * In the order of the latest setup; variants that it does not name follow,
   * in the order in which they were first seen.
   */
  readonly variants: readonly VariantStatistics[];
  /**
   * Every setup seen, the earliest first. Empty when no assignment carried
   * one: the Python client sends none.
   */
  readonly setups: readonly SetupSeen[];
  /** Users seen in more than one variant. */
  readonly usersInSeveralVariants: bigint;
  /** Epoch milliseconds of the earliest record. */
  readonly firstSeen: number;
  /** Of the latest. */
  readonly lastSeen: number;
}
