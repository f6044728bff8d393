import { sketchBucket } from "../../engine/sketch.ts";
import {
  BUCKET_WIDTHS,
  COST_UNITS_PER_USD,
  HIGH_UNIT,
  LATENCY_UNITS_PER_MS,
} from "./count.ts";
import type { AssignmentEntry, Entry, EventEntry } from "./entry.ts";
import {
  configSeenKey,
  eventKey,
  seenKey,
  sketchKey,
  timeKey,
  totalKey,
} from "./keys.ts";
import type { Story } from "./story.ts";

/** A counter as the ledger says that it should be. */
export interface Expected {
  readonly key: Deno.KvKey;
  value: bigint;
}

/**
 * Counts whole stories anew, by what DESIGN.md says that the figures mean and
 * not by the steps in which the server counts: what it finds can differ from
 * the counters.
 */
export class Recount {
  /** By key, as JSON. */
  readonly counters: Map<string, Expected> = new Map();
  readonly #users: Set<string> = new Set();

  /** Adds what the counters contain of a story. */
  add(story: Story): void {
    const { assignment } = story;
    if (assignment === null || story.counted === 0) return;
    const others = story.others.slice(0, story.counted - 1);
    const { flag, variant } = assignment;
    for (const entry of [assignment, ...others]) {
      this.#extreme(seenKey(flag, variant, "first"), entry.at, Math.min);
      this.#extreme(seenKey(flag, variant, "last"), entry.at, Math.max);
    }
    this.#addAssignment(assignment);
    for (const entry of others) {
      if (entry.kind === "execution") this.#addExecution(assignment, entry);
    }
    const events = others.filter((entry) => entry.kind === "event");
    this.#addCustomEvents(assignment, events);
    this.#addOutcome(assignment, events);
  }

  #addAssignment(assignment: AssignmentEntry): void {
    const { flag, variant, user, configHash, at } = assignment;
    this.#everywhere(assignment, at, "assignments", 1);
    const seen = JSON.stringify([flag, variant, user]);
    if (!this.#users.has(seen)) {
      this.#users.add(seen);
      this.#sum(totalKey(flag, variant, "users"), 1);
    }
    const key = (which: "first" | "last"): Deno.KvKey =>
      configSeenKey(flag, variant, configHash, which);
    this.#extreme(key("first"), at, Math.min);
    this.#extreme(key("last"), at, Math.max);
  }

  #addExecution(
    assignment: AssignmentEntry,
    entry: Extract<Entry, { kind: "execution" }>,
  ): void {
    const latency = scaled(entry.latency, LATENCY_UNITS_PER_MS);
    const cost = scaled(entry.cost, COST_UNITS_PER_USD);
    const high = cost === null ? 0 : Math.floor(cost / HIGH_UNIT);
    const figures: { readonly [name: string]: number } = {
      executions: 1,
      errors: entry.error === null ? 0 : 1,
      latency: latency ?? 0,
      latency_unknown: latency === null ? 1 : 0,
      cost: cost === null ? 0 : cost - high * HIGH_UNIT,
      cost_high: high,
      cost_unknown: cost === null ? 1 : 0,
      input: entry.input ?? 0,
      input_unknown: entry.input === null ? 1 : 0,
      output: entry.output ?? 0,
      output_unknown: entry.output === null ? 1 : 0,
    };
    for (const [name, amount] of Object.entries(figures)) {
      this.#everywhere(assignment, entry.at, name, amount);
    }
    if (latency === null) return;
    const { flag, variant } = assignment;
    this.#sum(sketchKey(flag, variant, "latency", sketchBucket(latency)), 1);
  }

  #addCustomEvents(
    { flag, variant }: AssignmentEntry,
    events: readonly EventEntry[],
  ): void {
    const names = events.filter(({ type }) => type === "custom")
      .map(({ name }) => name);
    for (const name of names) {
      this.#sum(eventKey(flag, variant, name, "count"), 1);
    }
    for (const name of new Set(names)) {
      this.#sum(eventKey(flag, variant, name, "assignments"), 1);
    }
  }

  #addOutcome(
    assignment: AssignmentEntry,
    events: readonly EventEntry[],
  ): void {
    const [latest] = events.filter(({ type }) => type !== "custom")
      .sort((a, b) =>
        momentOf(b) - momentOf(a) || (b.time ?? 0) - (a.time ?? 0) ||
        (a.id < b.id ? 1 : -1)
      );
    if (latest === undefined) return;
    const name = latest.type === "success" ? "successes" : "failures";
    this.#everywhere(assignment, latest.at, name, 1);
  }

  #everywhere(
    { flag, variant }: AssignmentEntry,
    at: number,
    name: string,
    amount: number,
  ): void {
    this.#sum(totalKey(flag, variant, name), amount);
    for (const granularity of ["minute", "hour", "day"] as const) {
      const seconds = BUCKET_WIDTHS[granularity] / 1000;
      const start = Math.floor(at / 1000 / seconds) * seconds;
      this.#sum(timeKey(granularity, flag, variant, start, name), amount);
    }
  }

  #sum(key: Deno.KvKey, amount: number): void {
    if (amount === 0) return;
    this.#expected(key, 0n).value += BigInt(amount);
  }

  #extreme(
    key: Deno.KvKey,
    at: number,
    choose: (a: number, b: number) => number,
  ): void {
    const expected = this.#expected(key, BigInt(at));
    expected.value = BigInt(choose(Number(expected.value), at));
  }

  #expected(key: Deno.KvKey, initial: bigint): Expected {
    const id = JSON.stringify(key);
    const known = this.counters.get(id);
    if (known !== undefined) return known;
    const expected = { key, value: initial };
    this.counters.set(id, expected);
    return expected;
  }
}

function scaled(value: number | null, units: number): number | null {
  return value === null ? null : Math.round(value * units);
}

/** An event's own time, or that of its receipt where it is not believed. */
function momentOf({ time, at }: EventEntry): number {
  return time === null || time >= (at + 1) * 1000 ? at * 1000 : time;
}
