import { minus } from "./amount.ts";
import { addContribution } from "./contribution.ts";
import { countEntry } from "./count.ts";
import { LAST } from "./fields.ts";
import { addSum, FlagCounters } from "./flag_counters.ts";
import type { SegmentKind } from "./flag_counters.ts";
import type { Story } from "./story.ts";
import type { User } from "./user.ts";

/**
 * What the counters contain of a story, beside what its user adds up to; of
 * that, the user's part is added to `user`.
 */
export function countStory(story: Story, user: User): FlagCounters {
  const counters = new FlagCounters();
  const { assignment, counted } = story;
  if (assignment === null || counted === 0) return counters;
  const target = {
    counters,
    user,
    assignment,
    state: { outcome: null, events: null },
  };
  const others = story.others.slice(0, counted - 1);
  for (const entry of [assignment, ...others]) countEntry(target, entry);
  return counters;
}

/** What a user's row adds to the counters as it stands. */
export function contributionOf(user: User): FlagCounters {
  const counters = new FlagCounters();
  user.before.clear();
  for (const variant of user.variants.keys()) user.before.set(variant, null);
  addContribution(counters, user);
  user.before.clear();
  return counters;
}

/** Takes sums out of counters; the earliest and latest time stay. */
export function takeOut(from: FlagCounters, counters: FlagCounters): void {
  for (const { kind, variant, part, fields } of counters.segments()) {
    const rest = from.fields(kind, variant, part);
    for (const [field, amount] of fields) {
      if (isSeen(kind, field)) continue;
      addSum(rest, field, minus(0, amount));
    }
  }
}

/** Whether a counter is a time, which is no sum. */
export function isSeen(kind: SegmentKind, field: number): boolean {
  return (kind === "total" || kind === "config" || kind === "setup") &&
    field <= LAST;
}
