/**
 * A page of the list of flags, with what each one needs: `GET /api/v1/overview`.
 *
 * @module
 */

import type { DecisionAction } from "./analysis/analysis.ts";
import type { FlagSummary } from "./evaluation.ts";

/** What a flag is in: data still come in, they decide, or something is wrong. */
export type FlagStatus = "collecting" | "decided" | "needs_attention";

/** How flags can be put in order. */
export const FLAG_ORDERS = [
  "last_seen",
  "name",
  "users",
  "calls",
  "spend",
] as const;

/** A name in {@linkcode FLAG_ORDERS}. */
export type FlagOrder = typeof FLAG_ORDERS[number];

/** Which flags to show, and in which order. */
export interface OverviewQuery {
  /** Part of a name; empty for every flag. */
  readonly search: string;
  readonly order: FlagOrder;
  /** From 1. */
  readonly page: number;
}

/** One flag of the list. */
export interface OverviewFlag {
  readonly summary: FlagSummary;
  readonly status: FlagStatus;
  readonly action: DecisionAction | null;
  /** To be shipped or kept; else null. */
  readonly variant: string | null;
  /** LLM calls on each of the last 14 days (UTC), the latest last. */
  readonly activity: readonly number[];
}

/** A page of flags. */
export interface FlagOverview {
  readonly query: OverviewQuery;
  /** Flags that fit the search, on all pages. */
  readonly total: number;
  /** At least 1. */
  readonly pages: number;
  /** Flags that there are at all. */
  readonly known: number;
  readonly flags: readonly OverviewFlag[];
}
