/**
 * The numbers that name counters within a segment; see segment.ts. They are in
 * the database, so whoever changes one raises `SCHEMA_VERSION`.
 *
 * @module
 */

import type { Granularity } from "../../engine/evaluation.ts";
import {
  CROSS_PRODUCTS,
  EVENT_PRODUCTS,
  EVENT_TOTALS,
  SKETCH_SHARDS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import type {
  EventProduct,
  EventTotal,
  SketchMetric,
  UserProduct,
} from "../../engine/statistics/flag_statistics.ts";

/** Epoch milliseconds of the earliest; combined as a minimum. */
export const FIRST = 0;
/** Epoch milliseconds of the latest; combined as a maximum. */
export const LAST = 1;
/** Distinct users of a variant. */
export const USERS = 2;
/** The first of the users' totals, which follow each other. */
export const TOTALS = 3;

const PRODUCTS = TOTALS + USER_TOTALS.length;
/** Users first seen on the day 0, 1970-01-01; later days follow. */
export const NEW_USERS = 256;
export const DAY = 86_400_000;

const TOTAL_AT: ReadonlyMap<string, number> = new Map(
  USER_TOTALS.map((total, at) => [total, at]),
);

/** A product's field, and which two totals it multiplies. */
export interface ProductField<Name> {
  readonly name: Name;
  readonly field: number;
  readonly left: number;
  readonly right: number;
}

/** The squares, in the order of `USER_TOTALS`. */
const SQUARE_NAMES = [
  "assignments*assignments",
  "executions*executions",
  "successes*successes",
  "failures*failures",
  "errors*errors",
  "latency*latency",
  "latency_known*latency_known",
  "ttft*ttft",
  "ttft_known*ttft_known",
  "cost*cost",
  "cost_known*cost_known",
  "input*input",
  "input_known*input_known",
  "output*output",
  "output_known*output_known",
] as const;

/** Every product of the users' totals. */
export const PRODUCT_FIELDS: readonly ProductField<UserProduct>[] = [
  ...SQUARE_NAMES,
  ...CROSS_PRODUCTS,
].map((name, at) => {
  const [left = "", right = ""] = name.split("*");
  return {
    name,
    field: PRODUCTS + at,
    left: totalIndex(left),
    right: totalIndex(right),
  };
});

/** Where a total stands in `USER_TOTALS`; -1 when it is none. */
export function totalIndex(name: string): number {
  return TOTAL_AT.get(name) ?? -1;
}

/** Where a total of a custom event stands in `EVENT_TOTALS`; -1: nowhere. */
function eventTotalIndex(name: string): number {
  return EVENT_TOTALS.findIndex((total) => total === name);
}

/** A product of an event's totals: `right` may be one of all of a user's. */
export interface EventProductField extends ProductField<EventProduct> {
  /** Where the right factor stands in `USER_TOTALS`; -1: in the event's own. */
  readonly rightOfUser: number;
}

/** Fields 0 to 3 of an event's segment are its totals; these follow. */
export const EVENT_PRODUCT_FIELDS: readonly EventProductField[] = EVENT_PRODUCTS
  .map((name, at) => {
    const [left = "", right = ""] = name.split("*");
    return {
      name,
      field: EVENT_TOTALS.length + at,
      left: eventTotalIndex(left),
      right: eventTotalIndex(right),
      rightOfUser: eventTotalIndex(right) >= 0
        ? -1
        : totalIndex(right.replace(/^all_/, "")),
    };
  });

/** Where each of an event's totals stands. */
export const EVENT_AT: { readonly [total in EventTotal]: number } = {
  count: 0,
  assignments: 1,
  value: 2,
  valued: 3,
};

/** What timelines show. The field is bucket · 16 + place. */
export const TIME_FIGURES = [
  "assignments",
  "executions",
  "successes",
  "failures",
  "errors",
  "latency",
  "latency_unknown",
  "cost",
  "cost_unknown",
  "input",
  "input_unknown",
  "output",
  "output_unknown",
] as const;

export type TimeFigure = typeof TIME_FIGURES[number];

/** Fields that one bucket of a timeline takes. */
export const TIME_STRIDE = 16;

/** The field of a figure in the bucket 0 of a timeline. */
export const TIME_AT: { readonly [figure in TimeFigure]: number } = {
  assignments: 0,
  executions: 1,
  successes: 2,
  failures: 3,
  errors: 4,
  latency: 5,
  latency_unknown: 6,
  cost: 7,
  cost_unknown: 8,
  input: 9,
  input_unknown: 10,
  output: 11,
  output_unknown: 12,
};

/** The widths of the timeline's buckets in milliseconds. */
export const BUCKET_WIDTHS: { readonly [granularity in Granularity]: number } =
  { minute: 60_000, hour: 3_600_000, day: DAY };

export const GRANULARITIES: readonly Granularity[] = ["minute", "hour", "day"];

export const SKETCH_METRICS: readonly SketchMetric[] = [
  "latency",
  "ttft",
  "cost",
];

/** More than any bucket of a sketch: the field is shard · 4096 + bucket. */
export const SKETCH_STRIDE = 4096;

/** What is kept of a flag as a whole. */
export const FLAG_FIGURES = [
  "users_in_several_variants",
  /** Records that say they are of this flag and wait for their assignment. */
  "waiting",
  /** Records that came long after they happened. */
  "late",
  /** Assignments whose variant was forced. */
  "overridden",
] as const;

export type FlagFigure = typeof FLAG_FIGURES[number];

export const FLAG_AT: { readonly [figure in FlagFigure]: number } = {
  users_in_several_variants: 0,
  waiting: 1,
  late: 2,
  overridden: 3,
};

/**
 * Spreads users over the shards of a sketch: FNV-1a over the code units of
 * flag and user, mixed as MurmurHash3 ends. The MD5 that chooses the variant
 * would not do: shards must not depend on it.
 */
export function sketchShard(flag: string, user: string): number {
  let hash = 0x811c9dc5;
  for (const text of [flag, "\0", user]) {
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % SKETCH_SHARDS;
}
