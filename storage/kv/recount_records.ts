/**
 * What a recount finds out about single records.
 *
 * @module
 */

import {
  EVENT_TOTALS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import { VALUE_UNITS } from "./count.ts";
import type { EventEntry } from "./entry.ts";
import type { IdSum } from "./id_sum.ts";
import type { User } from "./user.ts";

/** The totals of one user under one variant, by name. */
export interface RecountedVariant {
  day: number;
  readonly totals: Map<string, bigint>;
  readonly events: Map<string, Map<string, bigint>>;
}

/** One user of one flag. */
export interface RecountedUser {
  readonly flag: string;
  readonly variants: Map<string, RecountedVariant>;
  readonly ids: IdSum;
}

/** Adds what a user's records were that are there no more. */
export function addPastTotals(
  variants: Map<string, RecountedVariant>,
  past: User,
): void {
  for (const [name, { firstDay, totals, events }] of past.variants) {
    const variant = variants.get(name) ??
      { day: Infinity, totals: new Map(), events: new Map() };
    variants.set(name, variant);
    variant.day = Math.min(variant.day, firstDay);
    for (const [at, total] of USER_TOTALS.entries()) {
      raise(variant.totals, total, BigInt(totals[at] ?? 0));
    }
    for (const [event, own] of events) {
      const known = variant.events.get(event) ?? new Map<string, bigint>();
      variant.events.set(event, known);
      for (const [at, total] of EVENT_TOTALS.entries()) {
        raise(known, total, BigInt(own[at] ?? 0));
      }
    }
  }
}

export function addCustomEvents(
  events: readonly EventEntry[],
  user: RecountedVariant,
): void {
  const custom = events.filter(({ type }) => type === "custom");
  for (const name of new Set(custom.map((event) => event.name))) {
    const named = custom.filter((event) => event.name === name);
    const values = named.map(({ more }) => more["value"])
      .filter((value) => typeof value === "number")
      .filter((value) => Number.isFinite(value * VALUE_UNITS))
      .map((value) => BigInt(Math.round(value * VALUE_UNITS)));
    const totals = user.events.get(name) ?? new Map<string, bigint>();
    user.events.set(name, totals);
    raise(totals, "count", BigInt(named.length));
    raise(totals, "assignments", 1n);
    raise(totals, "valued", BigInt(values.length));
    raise(totals, "value", values.reduce((sum, value) => sum + value, 0n));
  }
}

export function raise(
  totals: Map<string, bigint>,
  name: string,
  amount: bigint,
): void {
  totals.set(name, (totals.get(name) ?? 0n) + amount);
}

export function units(value: number | null, perOne: number): number | null {
  return value === null ? null : Math.round(value * perOne);
}

/** The flag that a record without assignment names, if it can be one. */
export function hintOf(
  { flag_name: name }: { readonly flag_name?: unknown },
): string {
  if (typeof name !== "string") return "";
  const bytes = new TextEncoder().encode(name.replaceAll("\0", "\0\0")).length;
  return bytes <= 512 ? name : "";
}

/** An event's own time, or that of its receipt where it is not believed. */
export function momentOf({ time, at }: EventEntry): number {
  return time === null || time >= (at + 1) * 1000 ? at * 1000 : time;
}
