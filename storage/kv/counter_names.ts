import {
  EVENT_TOTALS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import {
  EVENT_PRODUCT_FIELDS,
  FIRST,
  FLAG_FIGURES,
  LAST,
  NEW_USERS,
  PRODUCT_FIELDS,
  SKETCH_STRIDE,
  TIME_FIGURES,
  TIME_STRIDE,
  TOTALS,
  USERS,
} from "./fields.ts";
import type { Segment } from "./flag_counters.ts";

type Name = readonly (string | number)[];

const TOTAL_NAMES: ReadonlyMap<number, string> = new Map([
  [FIRST, "first"],
  [LAST, "last"],
  [USERS, "users"],
  ...USER_TOTALS.map((name, at): [number, string] => [TOTALS + at, name]),
  ...PRODUCT_FIELDS.map(({ field, name }): [number, string] => [field, name]),
]);

const EVENT_NAMES: ReadonlyMap<number, string> = new Map([
  ...EVENT_TOTALS.map((name, at): [number, string] => [at, name]),
  ...EVENT_PRODUCT_FIELDS.map(
    ({ field, name }): [number, string] => [field, name],
  ),
]);

/** What a counter is called, for people and for the recount. */
export function counterName(
  flag: string,
  { kind, variant, part }: Segment,
  field: number,
): Name {
  switch (kind) {
    case "total":
      return field >= NEW_USERS
        ? [flag, kind, variant, "new_users", field - NEW_USERS]
        : [flag, kind, variant, TOTAL_NAMES.get(field) ?? field];
    case "event":
      return [flag, kind, variant, part, EVENT_NAMES.get(field) ?? field];
    case "sketch":
      return [
        flag,
        kind,
        variant,
        part,
        Math.floor(field / SKETCH_STRIDE),
        field % SKETCH_STRIDE,
      ];
    case "time":
      return [
        flag,
        kind,
        variant,
        part,
        Math.floor(field / TIME_STRIDE),
        TIME_FIGURES[field % TIME_STRIDE] ?? field,
      ];
    case "config":
      return [flag, kind, variant, part, field === FIRST ? "first" : "last"];
    case "setup":
      return [flag, kind, part, field === FIRST ? "first" : "last"];
    case "flag":
      return [flag, kind, FLAG_FIGURES[field] ?? field];
  }
}
