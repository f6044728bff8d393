import {
  EVENT_TOTALS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import { minus, times } from "./amount.ts";
import type { Amount } from "./amount.ts";
import {
  EVENT_PRODUCT_FIELDS,
  FLAG_AT,
  NEW_USERS,
  PRODUCT_FIELDS,
  TOTALS,
  USERS,
} from "./fields.ts";
import { addSum } from "./flag_counters.ts";
import type { FlagCounters } from "./flag_counters.ts";
import type { User, UserVariant, VariantBefore } from "./user.ts";

const NONE: readonly Amount[] = [];

/**
 * Adds to counters by how much a user's contribution has changed. Sums and
 * products are functions of the users' totals alone, so that the difference of
 * two states of a row is exact, whatever led from one to the other.
 */
export function addContribution(counters: FlagCounters, user: User): void {
  const { before, variants } = user;
  for (const [name, then] of before) {
    const now = variants.get(name);
    if (now === undefined) continue;
    addVariant(counters, name, then, now);
  }
  const [then, now] = [severalBefore(user), variants.size > 1];
  if (then === now) return;
  const field = FLAG_AT.users_in_several_variants;
  addSum(counters.fields("flag", "", ""), field, now ? 1 : -1);
}

/** Whether the user was seen in more than one variant before. */
function severalBefore({ before, variants }: User): boolean {
  let added = 0;
  for (const then of before.values()) if (then === null) added++;
  return variants.size - added > 1;
}

function addVariant(
  counters: FlagCounters,
  name: string,
  then: VariantBefore | null,
  now: UserVariant,
): void {
  const fields = counters.fields("total", name, "");
  if (then === null) addSum(fields, USERS, 1);
  if (then?.firstDay !== now.firstDay) {
    if (then !== null) addSum(fields, NEW_USERS + then.firstDay, -1);
    addSum(fields, NEW_USERS + now.firstDay, 1);
  }
  const [old, totals] = [then?.totals ?? NONE, now.totals];
  for (let at = 0; at < USER_TOTALS.length; at++) {
    const change = minus(totals[at] ?? 0, old[at] ?? 0);
    if (change !== 0) addSum(fields, TOTALS + at, change);
  }
  for (const { field, left, right } of PRODUCT_FIELDS) {
    const change = productChange(old, totals, left, old, totals, right);
    if (change !== 0) addSum(fields, field, change);
  }
  for (const [event, eventTotals] of now.events) {
    const oldEvent = then?.events.get(event) ?? NONE;
    addEvent(counters, name, event, oldEvent, eventTotals, old, totals);
  }
}

function addEvent(
  counters: FlagCounters,
  variant: string,
  event: string,
  old: readonly Amount[],
  now: readonly Amount[],
  oldUser: readonly Amount[],
  user: readonly Amount[],
): void {
  const fields = counters.fields("event", variant, event);
  for (let at = 0; at < EVENT_TOTALS.length; at++) {
    const change = minus(now[at] ?? 0, old[at] ?? 0);
    if (change !== 0) addSum(fields, at, change);
  }
  for (const { field, left, right, rightOfUser } of EVENT_PRODUCT_FIELDS) {
    const change = rightOfUser < 0
      ? productChange(old, now, left, old, now, right)
      : productChange(old, now, left, oldUser, user, rightOfUser);
    if (change !== 0) addSum(fields, field, change);
  }
}

function productChange(
  oldLeft: readonly Amount[],
  nowLeft: readonly Amount[],
  left: number,
  oldRight: readonly Amount[],
  nowRight: readonly Amount[],
  right: number,
): Amount {
  return minus(
    times(nowLeft[left] ?? 0, nowRight[right] ?? 0),
    times(oldLeft[left] ?? 0, oldRight[right] ?? 0),
  );
}
