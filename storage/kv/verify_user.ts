import {
  EVENT_TOTALS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import type { IdSum } from "./id_sum.ts";
import type { RecountedUser } from "./recount_records.ts";
import type { User } from "./user.ts";

/**
 * Compares a user's row with a recount.
 *
 * @returns What both say, as text, or null when they say the same.
 */
export function verifyUser(
  expected: RecountedUser | undefined,
  user: User,
  ids: IdSum,
): { recounted: string | null; counted: string } | null {
  const recounted = expected === undefined ? null : textOf(
    [...expected.variants].map(([name, { day, totals, events }]) => ({
      name,
      day,
      totals: namedTotals(USER_TOTALS, (total) => totals.get(total) ?? 0n),
      events: [...events].map(([event, own]) => ({
        event,
        totals: namedTotals(EVENT_TOTALS, (total) => own.get(total) ?? 0n),
      })),
    })),
    expected.ids,
  );
  const counted = textOf(
    [...user.variants].map(([name, { firstDay, totals, events }]) => ({
      name,
      day: firstDay,
      totals: namedTotals(USER_TOTALS, (_, at) => BigInt(totals[at] ?? 0)),
      events: [...events].map(([event, own]) => ({
        event,
        totals: namedTotals(EVENT_TOTALS, (_, at) => BigInt(own[at] ?? 0)),
      })),
    })),
    ids,
  );
  return recounted === counted ? null : { recounted, counted };
}

interface NamedVariant {
  readonly name: string;
  readonly day: number;
  readonly totals: string;
  readonly events: readonly {
    readonly event: string;
    readonly totals: string;
  }[];
}

/** The totals that are not zero: `assignments 2, cost 12000`. */
function namedTotals(
  names: readonly string[],
  valueOf: (name: string, at: number) => bigint,
): string {
  return names.map((name, at) => ({ name, value: valueOf(name, at) }))
    .filter(({ value }) => value !== 0n)
    .map(({ name, value }) => `${name} ${value}`)
    .join(", ");
}

function textOf(variants: readonly NamedVariant[], ids: IdSum): string {
  const sorted = variants.map((variant) => ({
    ...variant,
    events: variant.events.toSorted((a, b) => a.event < b.event ? -1 : 1),
  })).sort((a, b) => a.name < b.name ? -1 : 1);
  return `${JSON.stringify(sorted)}, ${ids}`;
}
