import { sketchBucket } from "../../engine/sketch.ts";
import type {
  AssignmentEntry,
  Entry,
  EventEntry,
  ExecutionEntry,
} from "./entry.ts";
import type { Tally } from "./tally.ts";

/**
 * The most counters that one entry can change: an execution, in four places
 * (total, minute, hour, day) up to nine figures, its sketch and its time.
 */
export const COUNTERS_PER_ENTRY = 40;

/** The widths of the timeline's buckets in milliseconds. */
export const BUCKET_WIDTHS = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
} as const;

/** Latency is counted in tenths of a millisecond. */
export const LATENCY_UNITS_PER_MS = 10;
/** Cost is counted in billionths of a US dollar. */
export const COST_UNITS_PER_USD = 1e9;
/**
 * Sums of cost are kept as two counters, `cost` and `cost_high`, the second in
 * units of this size: one counter would wrap silently at 18 billion dollars,
 * which an attacker reaches with 18 million records.
 */
export const HIGH_UNIT = 2 ** 30;

/** The event that decides an assignment's outcome so far. */
export interface Outcome {
  readonly success: boolean;
  /** When it counts as having happened, in epoch microseconds. */
  readonly moment: number;
  /** When its sender says that it happened, in epoch microseconds. */
  readonly time: number;
  readonly id: string;
  readonly at: number;
}

/** What the entries that were counted say about those still to be counted. */
export interface StoryState {
  outcome: Outcome | null;
  readonly events: Set<string>;
}

/**
 * Adds to a tally what one more entry changes.
 *
 * Counted in any order, the entries of a story change the counters by the
 * same amounts in all: sums commute, and the outcome is that of the latest
 * event whichever came first.
 *
 * @param newUser Whether an assignment is the first of its user in its variant.
 */
export function countEntry(
  tally: Tally,
  assignment: AssignmentEntry,
  entry: Entry,
  state: StoryState,
  newUser: boolean,
): void {
  const { flag, variant } = assignment;
  tally.seen(flag, variant, entry.at);
  switch (entry.kind) {
    case "assignment":
      if (newUser) tally.total(flag, variant, "users", 1);
      countAt(tally, assignment, entry.at, "assignments", 1);
      tally.configSeen(flag, variant, entry.configHash, entry.at);
      break;
    case "execution":
      countExecution(tally, assignment, entry);
      break;
    case "event":
      countEvent(tally, assignment, entry, state);
      break;
  }
}

function countExecution(
  tally: Tally,
  assignment: AssignmentEntry,
  entry: ExecutionEntry,
): void {
  const { at } = entry;
  const add = (name: string, amount: number): void => {
    if (amount !== 0) countAt(tally, assignment, at, name, amount);
  };
  add("executions", 1);
  if (entry.error !== null) add("errors", 1);
  // Unknowns are rare, so it is they that are counted, not the known.
  if (entry.latency === null) add("latency_unknown", 1);
  else {
    const units = Math.round(entry.latency * LATENCY_UNITS_PER_MS);
    add("latency", units);
    tally.sketch(
      assignment.flag,
      assignment.variant,
      "latency",
      sketchBucket(units),
    );
  }
  if (entry.cost === null) add("cost_unknown", 1);
  else {
    const units = Math.round(entry.cost * COST_UNITS_PER_USD);
    add("cost", units % HIGH_UNIT);
    add("cost_high", Math.floor(units / HIGH_UNIT));
  }
  if (entry.input === null) add("input_unknown", 1);
  else add("input", entry.input);
  if (entry.output === null) add("output_unknown", 1);
  else add("output", entry.output);
}

function countEvent(
  tally: Tally,
  assignment: AssignmentEntry,
  entry: EventEntry,
  state: StoryState,
): void {
  const { flag, variant } = assignment;
  if (entry.type === "custom") {
    tally.event(flag, variant, entry.name, "count");
    if (!state.events.has(entry.name)) {
      state.events.add(entry.name);
      tally.event(flag, variant, entry.name, "assignments");
    }
    return;
  }
  const before = state.outcome;
  const after = laterOutcome(before, entry);
  if (after === before) return;
  if (before !== null) countOutcome(tally, assignment, before, -1);
  countOutcome(tally, assignment, after, 1);
  state.outcome = after;
}

function countOutcome(
  tally: Tally,
  assignment: AssignmentEntry,
  outcome: Outcome,
  amount: 1 | -1,
): void {
  const name = outcome.success ? "successes" : "failures";
  countAt(tally, assignment, outcome.at, name, amount);
}

/**
 * The later of an outcome and an event. Where both count as of one time, as
 * those of a clock that is wrong do, their senders' times decide, then ids.
 */
export function laterOutcome(
  before: Outcome | null,
  { type, id, time, at }: EventEntry,
): Outcome {
  const believed = time !== null && Math.floor(time / 1000) === at;
  const after: Outcome = {
    success: type === "success",
    moment: believed ? time : at * 1000,
    time: time ?? 0,
    id,
    at,
  };
  if (before === null) return after;
  const order = after.moment - before.moment || after.time - before.time ||
    (after.id > before.id ? 1 : -1);
  return order > 0 ? after : before;
}

function countAt(
  tally: Tally,
  { flag, variant }: AssignmentEntry,
  at: number,
  name: string,
  amount: number,
): void {
  tally.total(flag, variant, name, amount);
  for (const granularity of ["minute", "hour", "day"] as const) {
    const width = BUCKET_WIDTHS[granularity];
    const start = Math.floor(at / width) * (width / 1000);
    tally.time(granularity, flag, variant, start, name, amount);
  }
}
