import { sketchBucket } from "../../../engine/sketch.ts";
import {
  CROSS_PRODUCTS,
  EVENT_PRODUCTS,
  EVENT_TOTALS,
  USER_TOTALS,
} from "../../../engine/statistics/flag_statistics.ts";
import type { RecordHealth } from "../../../engine/record_list.ts";
import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
  IngestBatch,
} from "../../../engine/records.ts";
import { sketchShard } from "../fields.ts";

type Totals = { [name: string]: bigint };

/** The statistics of one variant, as plain as they can be written down. */
export interface ModelVariant {
  users: bigint;
  readonly totals: Totals;
  readonly events: { [name: string]: Totals };
  /** `metric shard bucket` */
  readonly cells: { [cell: string]: number };
  readonly newUsers: { [day: number]: number };
  /** `hour figure` */
  readonly hours: { [figure: string]: bigint };
}

/** What a flag's figures must be. */
export interface ModelFlag {
  readonly variants: { [name: string]: ModelVariant };
  usersInSeveralVariants: bigint;
  readonly health: {
    waiting: RecordHealth["waiting"];
    late: RecordHealth["late"];
    overridden: RecordHealth["overridden"];
  };
}

/** What came more than an hour after it happened is late. */
const HOUR = 3_600_000;

/**
 * Knows every record that was sent, and computes all figures from them from
 * the start: no increments, no order, no storage.
 *
 * Of the storage it shares the hash that spreads users over shards and
 * nothing else.
 */
export class Model {
  readonly #assignments = new Map<string, AssignmentRecord>();
  readonly #executions = new Map<string, ExecutionRecord>();
  readonly #events = new Map<string, EventRecord>();
  readonly #receivedAt: number;

  constructor(receivedAt: number) {
    this.#receivedAt = receivedAt;
  }

  /** Adds records; what is sent again is the same to the last field. */
  add(batch: IngestBatch): void {
    for (const record of batch.assignments) {
      this.#assignments.set(record.assignment_id, record);
    }
    for (const record of batch.executions) {
      this.#executions.set(JSON.stringify(record), record);
    }
    for (const record of batch.events) {
      this.#events.set(JSON.stringify(record), record);
    }
  }

  /** Ids of the assignments of a flag. */
  ids(flag: string): string[] {
    return [...this.#assignments.values()]
      .filter((record) => record.flag_name === flag)
      .map((record) => record.assignment_id).sort();
  }

  flag(flag: string): ModelFlag {
    const result: ModelFlag = {
      variants: {},
      usersInSeveralVariants: 0n,
      health: { waiting: 0, late: 0, overridden: 0 },
    };
    const all = [...this.#assignments.values()]
      .filter((record) => record.flag_name === flag);
    for (const { overridden } of all) {
      if (overridden) result.health.overridden++;
    }
    const counted = all.filter(({ overridden }) => !overridden);
    this.#addHealth(result, flag, counted);
    const variants = new Set(counted.map((record) => record.variant_name));
    const seen: string[] = [];
    for (const name of variants) {
      const own = counted.filter((record) => record.variant_name === name);
      seen.push(...new Set(own.map((record) => record.user_id)));
      result.variants[name] = this.#variant(flag, own);
    }
    const several = seen.filter((user, at) => seen.indexOf(user) !== at);
    result.usersInSeveralVariants = BigInt(new Set(several).size);
    return result;
  }

  #addHealth(
    { health }: ModelFlag,
    flag: string,
    counted: readonly AssignmentRecord[],
  ): void {
    const ids = new Set(counted.map((record) => record.assignment_id));
    const others = [...this.#executions.values(), ...this.#events.values()];
    for (const { assignment_id: id, flag_name: hint } of others) {
      if (!this.#assignments.has(id) && hint === flag) health.waiting++;
    }
    const times = [
      ...counted.map((record) => record.assigned_at),
      ...[...this.#executions.values()]
        .filter((record) => ids.has(record.assignment_id))
        .map((record) => record.recorded_at),
      ...[...this.#events.values()]
        .filter((record) => ids.has(record.assignment_id))
        .map((record) => record.created_at),
    ];
    health.late +=
      times.filter((time) => Date.parse(time) < this.#receivedAt - HOUR).length;
  }

  #variant(flag: string, own: readonly AssignmentRecord[]): ModelVariant {
    const variant: ModelVariant = {
      users: 0n,
      totals: {},
      events: {},
      cells: {},
      newUsers: {},
      hours: {},
    };
    for (const user of new Set(own.map((record) => record.user_id))) {
      variant.users++;
      const mine = own.filter((record) => record.user_id === user);
      const first = Math.min(
        ...mine.map((record) => Date.parse(record.assigned_at)),
      );
      const day = Math.floor(first / (24 * HOUR)) * 24 * HOUR;
      variant.newUsers[day] = (variant.newUsers[day] ?? 0) + 1;
      this.#addUser(variant, sketchShard(flag, user), mine);
    }
    return variant;
  }

  #addUser(
    variant: ModelVariant,
    shard: number,
    mine: readonly AssignmentRecord[],
  ): void {
    const totals: Totals = {};
    const events: { [name: string]: Totals } = {};
    for (const { assignment_id: id, assigned_at } of mine) {
      add(totals, "assignments", 1);
      add(variant.hours, `${hourOf(assigned_at)} assignments`, 1);
      for (const execution of this.#executions.values()) {
        if (execution.assignment_id === id) {
          addExecution(variant, totals, shard, execution);
        }
      }
      const own = [...this.#events.values()]
        .filter((event) => event.assignment_id === id);
      addOutcome(variant, totals, own);
      addCustomEvents(events, own);
    }
    const of = (sums: Totals, name: string): bigint => sums[name] ?? 0n;
    for (const name of USER_TOTALS) {
      add(variant.totals, name, of(totals, name));
      add(variant.totals, `${name}*${name}`, of(totals, name) ** 2n);
    }
    for (const product of CROSS_PRODUCTS) {
      const [a = "", b = ""] = product.split("*");
      add(variant.totals, product, of(totals, a) * of(totals, b));
    }
    for (const [name, sums] of Object.entries(events)) {
      const all = variant.events[name] ??= {};
      for (const total of EVENT_TOTALS) add(all, total, of(sums, total));
      for (const product of EVENT_PRODUCTS) {
        const [a = "", b = ""] = product.split("*");
        const right = b === "all_assignments"
          ? of(totals, "assignments")
          : b === "executions"
          ? of(totals, "executions")
          : of(sums, b);
        add(all, product, of(sums, a) * right);
      }
    }
  }
}

function addExecution(
  variant: ModelVariant,
  totals: Totals,
  shard: number,
  execution: ExecutionRecord,
): void {
  const hour = hourOf(execution.recorded_at);
  const scaled = (value: number | null | undefined, scale: number) =>
    value === null || value === undefined ? null : Math.round(value * scale);
  const values = {
    latency: scaled(execution.latency_ms, 10),
    ttft: scaled(execution.ttft_ms, 10),
    cost: scaled(execution.cost, 1e9),
    input: execution.input_tokens,
    output: execution.output_tokens,
  };
  add(totals, "executions", 1);
  add(variant.hours, `${hour} executions`, 1);
  if (execution.error !== null) {
    add(totals, "errors", 1);
    add(variant.hours, `${hour} errors`, 1);
  }
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue;
    add(totals, name, value);
    add(totals, `${name}_known`, 1);
    if (name === "cost") add(variant.hours, `${hour} cost`, value);
    if (name === "input" || name === "output") continue;
    const cell = `${name} ${shard} ${sketchBucket(value)}`;
    variant.cells[cell] = (variant.cells[cell] ?? 0) + 1;
  }
}

function addOutcome(
  variant: ModelVariant,
  totals: Totals,
  events: readonly EventRecord[],
): void {
  const latest = events.filter(({ event_type: type }) => type !== "custom")
    .sort((a, b) =>
      Date.parse(b.created_at) - Date.parse(a.created_at) ||
      (a.event_id < b.event_id ? 1 : -1)
    )[0];
  if (latest === undefined) return;
  const name = latest.event_type === "success" ? "successes" : "failures";
  add(totals, name, 1);
  add(variant.hours, `${hourOf(latest.created_at)} ${name}`, 1);
}

function addCustomEvents(
  events: { [name: string]: Totals },
  own: readonly EventRecord[],
): void {
  const seen = new Set<string>();
  for (const { event_type: type, event_name: name, value } of own) {
    if (type !== "custom") continue;
    const totals = events[name] ??= {};
    add(totals, "count", 1);
    if (!seen.has(name)) add(totals, "assignments", 1);
    seen.add(name);
    if (value === null || value === undefined) continue;
    add(totals, "valued", 1);
    add(totals, "value", Math.round(value * 1e6));
  }
}

function add(totals: Totals, name: string, amount: number | bigint): void {
  totals[name] = (totals[name] ?? 0n) + BigInt(amount);
}

function hourOf(time: string): string {
  const start = Math.floor(Date.parse(time) / HOUR) * HOUR;
  return new Date(start).toISOString();
}
