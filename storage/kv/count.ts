import { sketchBucket } from "../../engine/sketch.ts";
import type { SketchMetric } from "../../engine/statistics/flag_statistics.ts";
import { amountOf } from "./amount.ts";
import type {
  AssignmentEntry,
  Entry,
  EventEntry,
  ExecutionEntry,
} from "./entry.ts";
import {
  BUCKET_WIDTHS,
  DAY,
  FLAG_AT,
  GRANULARITIES,
  SKETCH_STRIDE,
  sketchShard,
  TIME_AT,
  TIME_STRIDE,
} from "./fields.ts";
import type { TimeFigure } from "./fields.ts";
import { addSeen, addSum } from "./flag_counters.ts";
import type { FlagCounters } from "./flag_counters.ts";
import { isForeign } from "./key_limit.ts";
import type { User } from "./user.ts";

/** Latency and time to first token are counted in tenths of a millisecond. */
export const LATENCY_UNITS_PER_MS = 10;
/** Cost is counted in billionths of a US dollar. */
export const COST_UNITS_PER_USD = 1e9;
/** The value of a custom event is counted in millionths. */
export const VALUE_UNITS = 1e6;

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
  /** The names of custom events; null while there is none. */
  events: Set<string> | null;
}

/** What one more entry changes. */
export interface CountTarget {
  /** Of the assignment's flag. */
  readonly counters: FlagCounters;
  readonly user: User;
  readonly assignment: AssignmentEntry;
  readonly state: StoryState;
}

/**
 * Adds to counters what one more entry changes, and to its user's totals, from
 * which contribution.ts counts the rest.
 *
 * Counted in any order, the entries of a story change the counters by the
 * same amounts in all: sums commute, and the outcome is that of the latest
 * event whichever came first.
 */
export function countEntry(target: CountTarget, entry: Entry): void {
  const { counters, assignment } = target;
  const flagFields = counters.fields("flag", "", "");
  if (assignment.overridden) {
    if (entry.kind === "assignment") {
      addSum(flagFields, FLAG_AT.overridden, 1);
    }
    return;
  }
  if (isForeign(assignment, entry)) return;
  if (entry.late) addSum(flagFields, FLAG_AT.late, 1);
  addSeen(counters.fields("total", assignment.variant, ""), entry.at);
  switch (entry.kind) {
    case "assignment":
      countAssignment(target);
      break;
    case "execution":
      countExecution(target, entry);
      break;
    case "event":
      if (entry.type === "custom") countCustomEvent(target, entry);
      else countOutcome(target, entry);
      break;
  }
}

function countAssignment({ counters, user, assignment }: CountTarget): void {
  const { variant, configHash, setupHash, at } = assignment;
  user.addDay(variant, Math.floor(at / DAY));
  user.addTotal(variant, "assignments", 1);
  countAt(counters, variant, at, [["assignments", 1]]);
  addSeen(counters.fields("config", variant, configHash), at);
  if (setupHash !== null) addSeen(counters.fields("setup", "", setupHash), at);
}

function countExecution(
  { counters, user, assignment }: CountTarget,
  entry: ExecutionEntry,
): void {
  const { flag, variant, user: name } = assignment;
  const figures: [TimeFigure, number][] = [["executions", 1]];
  user.addTotal(variant, "executions", 1);
  if (entry.error !== null) {
    figures.push(["errors", 1]);
    user.addTotal(variant, "errors", 1);
  }
  const shard = sketchShard(flag, name) * SKETCH_STRIDE;
  const sketch = (metric: SketchMetric, units: number): void => {
    const fields = counters.fields("sketch", variant, metric);
    addSum(fields, shard + sketchBucket(units), 1);
  };
  const add = (
    metric: "latency" | "cost" | "input" | "output",
    units: number | null,
  ): void => {
    // Unknowns are rare, so timelines count them, and not the known.
    if (units === null) {
      figures.push([`${metric}_unknown`, 1]);
      return;
    }
    figures.push([metric, units]);
    user.addTotal(variant, metric, units);
    user.addTotal(variant, `${metric}_known`, 1);
    if (metric === "latency" || metric === "cost") sketch(metric, units);
  };
  add("latency", scaled(entry.latency, LATENCY_UNITS_PER_MS));
  add("cost", scaled(entry.cost, COST_UNITS_PER_USD));
  add("input", entry.input);
  add("output", entry.output);
  const ttft = scaled(ttftOf(entry), LATENCY_UNITS_PER_MS);
  if (ttft !== null) {
    user.addTotal(variant, "ttft", ttft);
    user.addTotal(variant, "ttft_known", 1);
    sketch("ttft", ttft);
  }
  countAt(counters, variant, entry.at, figures);
}

function countCustomEvent(
  { user, assignment: { variant }, state }: CountTarget,
  entry: EventEntry,
): void {
  const { name } = entry;
  user.addEvent(variant, name, "count", 1);
  state.events ??= new Set();
  if (!state.events.has(name)) {
    state.events.add(name);
    user.addEvent(variant, name, "assignments", 1);
  }
  const value = valueOf(entry);
  if (value === null) return;
  user.addEvent(variant, name, "valued", 1);
  user.addEvent(
    variant,
    name,
    "value",
    amountOf(Math.round(value * VALUE_UNITS)),
  );
}

function countOutcome(target: CountTarget, entry: EventEntry): void {
  const { state } = target;
  const after = laterOutcome(state.outcome, entry);
  if (after === state.outcome) return;
  if (state.outcome !== null) addOutcome(target, state.outcome, -1);
  addOutcome(target, after, 1);
  state.outcome = after;
}

function addOutcome(
  { counters, user, assignment: { variant } }: CountTarget,
  outcome: Outcome,
  amount: 1 | -1,
): void {
  const name = outcome.success ? "successes" : "failures";
  user.addTotal(variant, name, amount);
  countAt(counters, variant, outcome.at, [[name, amount]]);
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

/** Milliseconds to an execution's first token; null when unknown. */
function ttftOf({ more }: ExecutionEntry): number | null {
  const ttft = more["ttft_ms"];
  return typeof ttft === "number" ? ttft : null;
}

/**
 * The number that belongs to a custom event; null when there is none, or one
 * that cannot be counted: what is durable must not stop what comes after it.
 */
function valueOf({ more }: EventEntry): number | null {
  const value = more["value"];
  return typeof value === "number" && Number.isFinite(value * VALUE_UNITS)
    ? value
    : null;
}

function scaled(value: number | null, units: number): number | null {
  return value === null ? null : Math.round(value * units);
}

function countAt(
  counters: FlagCounters,
  variant: string,
  at: number,
  figures: readonly (readonly [TimeFigure, number])[],
): void {
  for (const granularity of GRANULARITIES) {
    const fields = counters.fields("time", variant, granularity);
    const bucket = Math.floor(at / BUCKET_WIDTHS[granularity]) * TIME_STRIDE;
    for (const [figure, amount] of figures) {
      if (amount !== 0) addSum(fields, bucket + TIME_AT[figure], amount);
    }
  }
}
