import { sketchBucket } from "../../engine/sketch.ts";
import {
  CROSS_PRODUCTS,
  EVENT_PRODUCTS,
  EVENT_TOTALS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import { COST_UNITS_PER_USD, LATENCY_UNITS_PER_MS } from "./count.ts";
import { counterName } from "./counter_names.ts";
import type { AssignmentEntry, EventEntry, ExecutionEntry } from "./entry.ts";
import { BUCKET_WIDTHS, GRANULARITIES, sketchShard } from "./fields.ts";
import type { FlagCounters } from "./flag_counters.ts";
import { hash48, IdSum } from "./id_sum.ts";
import { isForeign } from "./key_limit.ts";
import { keyText, userKey } from "./keys.ts";
import type { RecountedUser, RecountedVariant } from "./recount_records.ts";
import {
  addCustomEvents,
  addPastTotals,
  hintOf,
  momentOf,
  raise,
  units,
} from "./recount_records.ts";
import type { Story } from "./story.ts";
import { isSeen } from "./take_out.ts";
import type { User } from "./user.ts";

/**
 * Counts whole stories anew, by what DESIGN.md says that the figures mean and
 * not by the steps in which the server counts: what it finds can differ from
 * the counters. A counter's name is a list: flag, what it is about, and so on.
 */
export class Recount {
  /** By flag, then by name, as JSON. */
  readonly counters: Map<string, Map<string, bigint>> = new Map();
  /** By {@linkcode keyText} of the user's row. */
  readonly users: Map<string, RecountedUser> = new Map();
  /** By flag: the assignments that its index must list. */
  readonly index: Map<string, IdSum> = new Map();

  readonly #parts: number;
  #part = 0;

  /**
   * @param parts In how many parts the stories are counted, each of other
   * users: the users of one part are in memory together.
   */
  constructor(parts = 1) {
    this.#parts = parts;
  }

  /** Whether a story is counted in the part under way. */
  includes({ assignment }: Story): boolean {
    return assignment === null
      ? this.#part === 0
      : this.includesUser(userKey(assignment.flag, assignment.user));
  }

  /** Whether a user is counted in the part under way. */
  includesUser(key: Deno.KvKey): boolean {
    return this.#parts === 1 ||
      hash48(keyText(key)) % this.#parts === this.#part;
  }

  /** Adds what the counters contain of a story. */
  add(story: Story): void {
    const { assignment } = story;
    if (assignment === null) {
      for (const { more } of story.others) {
        this.#sum([hintOf(more), "flag", "waiting"], 1);
      }
      return;
    }
    this.#list(assignment, story.id);
    if (story.counted === 0) return;
    const others = story.others.slice(0, story.counted - 1)
      .filter((entry) => !isForeign(assignment, entry));
    const { flag, variant, overridden } = assignment;
    if (overridden) {
      this.#sum([flag, "flag", "overridden"], 1);
      return;
    }
    for (const { at, late } of [assignment, ...others]) {
      if (late) this.#sum([flag, "flag", "late"], 1);
      this.#seen([flag, "total", variant], at);
    }
    const user = this.#user(assignment);
    this.#addAssignment(assignment, user);
    for (const entry of others) {
      if (entry.kind === "execution") {
        this.#addExecution(assignment, entry, user);
      }
    }
    const events = others.filter((entry) => entry.kind === "event");
    addCustomEvents(events, user);
    this.#addOutcome(assignment, events, user);
  }

  /** Adds what records that retention has deleted are in the counters. */
  addBase(flag: string, base: FlagCounters): void {
    for (const segment of base.segments()) {
      for (const [field, amount] of segment.fields) {
        const name = counterName(flag, segment, field);
        const [last] = name.slice(-1);
        if (isSeen(segment.kind, field)) {
          this.#widen(flag, name, last === "first", BigInt(amount));
        } else this.#sum([flag, ...name.slice(1)], BigInt(amount));
      }
    }
  }

  /**
   * Adds what a user's records were that retention has deleted.
   *
   * @param key {@linkcode keyText} of the user's row.
   */
  addPast(key: string, flag: string, past: User): void {
    const user = this.users.get(key) ??
      { flag, variants: new Map(), ids: new IdSum() };
    this.users.set(key, user);
    addPastTotals(user.variants, past);
  }

  /** Adds what the part's users add up to, and goes on to the next part. */
  finishPart(): void {
    for (const { flag, variants } of this.users.values()) {
      for (const [variant, user] of variants) {
        this.#addUser(flag, variant, user);
      }
      if (variants.size > 1) {
        this.#sum([flag, "flag", "users_in_several_variants"], 1);
      }
    }
    this.users.clear();
    this.#part++;
  }

  #list({ flag, user: name }: AssignmentEntry, id: string): void {
    const key = keyText(userKey(flag, name));
    const user = this.users.get(key) ??
      { flag, variants: new Map(), ids: new IdSum() };
    this.users.set(key, user);
    user.ids.add(id);
    const index = this.index.get(flag) ?? new IdSum();
    this.index.set(flag, index);
    index.add(id);
  }

  #user({ flag, variant, user }: AssignmentEntry): RecountedVariant {
    const variants = this.users.get(keyText(userKey(flag, user)))?.variants;
    const found = variants?.get(variant) ??
      { day: Infinity, totals: new Map(), events: new Map() };
    variants?.set(variant, found);
    return found;
  }

  #addUser(flag: string, variant: string, user: RecountedVariant): void {
    const total = (name: string): bigint => user.totals.get(name) ?? 0n;
    const about = [flag, "total", variant] as const;
    this.#sum([...about, "users"], 1);
    this.#sum([...about, "new_users", user.day], 1);
    for (const name of USER_TOTALS) {
      this.#sum([...about, name], total(name));
      this.#sum([...about, `${name}*${name}`], total(name) ** 2n);
    }
    for (const product of CROSS_PRODUCTS) {
      const [left = "", right = ""] = product.split("*");
      this.#sum([...about, product], total(left) * total(right));
    }
    for (const [event, totals] of user.events) {
      const own = (name: string): bigint => totals.get(name) ?? 0n;
      const aboutEvent = [flag, "event", variant, event] as const;
      for (const name of EVENT_TOTALS) {
        this.#sum([...aboutEvent, name], own(name));
      }
      for (const product of EVENT_PRODUCTS) {
        const [left = "", right = ""] = product.split("*");
        const other = right === "all_assignments"
          ? total("assignments")
          : right === "executions"
          ? total("executions")
          : own(right);
        this.#sum([...aboutEvent, product], own(left) * other);
      }
    }
  }

  #addAssignment(assignment: AssignmentEntry, user: RecountedVariant): void {
    const { flag, variant, configHash, setupHash, at } = assignment;
    raise(user.totals, "assignments", 1n);
    user.day = Math.min(user.day, Math.floor(at / 86_400_000));
    this.#timed(assignment, at, "assignments", 1);
    this.#seen([flag, "config", variant, configHash], at);
    if (setupHash !== null) this.#seen([flag, "setup", setupHash], at);
  }

  #addExecution(
    assignment: AssignmentEntry,
    entry: ExecutionEntry,
    user: RecountedVariant,
  ): void {
    const { flag, variant } = assignment;
    const shard = sketchShard(flag, assignment.user);
    const ttft = entry.more["ttft_ms"];
    const known: { readonly [name: string]: number | null } = {
      latency: units(entry.latency, LATENCY_UNITS_PER_MS),
      ttft: units(
        typeof ttft === "number" ? ttft : null,
        LATENCY_UNITS_PER_MS,
      ),
      cost: units(entry.cost, COST_UNITS_PER_USD),
      input: entry.input,
      output: entry.output,
    };
    const errors = entry.error === null ? 0 : 1;
    raise(user.totals, "executions", 1n);
    raise(user.totals, "errors", BigInt(errors));
    this.#timed(assignment, entry.at, "executions", 1);
    this.#timed(assignment, entry.at, "errors", errors);
    for (const [name, value] of Object.entries(known)) {
      if (value !== null) {
        raise(user.totals, name, BigInt(value));
        raise(user.totals, `${name}_known`, 1n);
      }
      if (name === "ttft" || name === "latency" || name === "cost") {
        if (value !== null) {
          const cell = [shard, sketchBucket(value)];
          this.#sum([flag, "sketch", variant, name, ...cell], 1);
        }
      }
      if (name === "ttft") continue;
      this.#timed(assignment, entry.at, name, value ?? 0);
      const unknown = value === null ? 1 : 0;
      this.#timed(assignment, entry.at, `${name}_unknown`, unknown);
    }
  }

  #addOutcome(
    assignment: AssignmentEntry,
    events: readonly EventEntry[],
    user: RecountedVariant,
  ): void {
    const [latest] = events.filter(({ type }) => type !== "custom")
      .sort((a, b) =>
        momentOf(b) - momentOf(a) || (b.time ?? 0) - (a.time ?? 0) ||
        (a.id < b.id ? 1 : -1)
      );
    if (latest === undefined) return;
    const name = latest.type === "success" ? "successes" : "failures";
    raise(user.totals, name, 1n);
    this.#timed(assignment, latest.at, name, 1);
  }

  #timed(
    { flag, variant }: AssignmentEntry,
    at: number,
    name: string,
    amount: number,
  ): void {
    for (const granularity of GRANULARITIES) {
      const bucket = Math.floor(at / BUCKET_WIDTHS[granularity]);
      this.#sum([flag, "time", variant, granularity, bucket, name], amount);
    }
  }

  #sum(
    name: readonly [flag: string, ...rest: (string | number)[]],
    amount: number | bigint,
  ): void {
    if (amount === 0 || amount === 0n) return;
    raise(this.#of(name[0]), JSON.stringify(name), BigInt(amount));
  }

  #of(flag: string): Map<string, bigint> {
    const counters = this.counters.get(flag) ?? new Map<string, bigint>();
    this.counters.set(flag, counters);
    return counters;
  }

  #seen(about: readonly [flag: string, ...rest: string[]], at: number): void {
    this.#widen(about[0], [...about, "first"], true, BigInt(at));
    this.#widen(about[0], [...about, "last"], false, BigInt(at));
  }

  /** Moves an earliest or latest time. */
  #widen(
    flag: string,
    about: readonly (string | number)[],
    isFirst: boolean,
    at: bigint,
  ): void {
    const counters = this.#of(flag);
    const name = JSON.stringify(about);
    const old = counters.get(name);
    const further = old === undefined || (isFirst ? at < old : at > old);
    if (further) counters.set(name, at);
  }
}
