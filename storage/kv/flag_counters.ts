import { plus } from "./amount.ts";
import type { Amount } from "./amount.ts";
import { FIRST, LAST } from "./fields.ts";

/** Counters by the numbers that fields.ts names them with. */
export type Fields = Map<number, Amount>;

/**
 * What the counters of a segment are about.
 *
 * | kind | variant | part |
 * | --- | --- | --- |
 * | total | its name | empty |
 * | event | its name | the custom event's name |
 * | sketch | its name | metric |
 * | time | its name | granularity |
 * | config | its name | hash |
 * | setup | empty | hash |
 * | flag | empty | empty |
 */
export const SEGMENT_KINDS = [
  "total",
  "event",
  "sketch",
  "time",
  "config",
  "setup",
  "flag",
] as const;

/** A name in {@linkcode SEGMENT_KINDS}. */
export type SegmentKind = typeof SEGMENT_KINDS[number];

/** Counters that belong together. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly variant: string;
  readonly part: string;
  readonly fields: Fields;
}

/**
 * Counters of one flag: what a commit adds to them, or what they add up to.
 * Adding is associative and commutative, so it does not matter in which order
 * or in how many steps.
 */
export class FlagCounters {
  readonly #segments: Map<SegmentKind, Map<string, Map<string, Segment>>> =
    new Map();

  /** All segments. */
  *segments(): Generator<Segment> {
    for (const variants of this.#segments.values()) {
      for (const parts of variants.values()) yield* parts.values();
    }
  }

  /** The segments of a kind: part by variant. */
  of(kind: SegmentKind): ReadonlyMap<string, ReadonlyMap<string, Segment>> {
    return this.#segments.get(kind) ?? new Map();
  }

  /** A segment's fields, to be read or added to. */
  fields(kind: SegmentKind, variant: string, part: string): Fields {
    const variants = getOrAdd(
      this.#segments,
      kind,
      newMap<Map<string, Segment>>,
    );
    const parts = getOrAdd(variants, variant, newMap<Segment>);
    let segment = parts.get(part);
    if (segment === undefined) {
      segment = { kind, variant, part, fields: new Map() };
      parts.set(part, segment);
    }
    return segment.fields;
  }

  /** These counters with others added; neither is changed. */
  with(others: FlagCounters): FlagCounters {
    const sum = new FlagCounters();
    for (const [kind, variants] of this.#segments) {
      const copies = new Map<string, Map<string, Segment>>();
      sum.#segments.set(kind, copies);
      for (const [variant, parts] of variants) {
        copies.set(variant, new Map(parts));
      }
    }
    for (const segment of others.segments()) {
      const { kind, variant, part } = segment;
      const known = this.#segments.get(kind)?.get(variant)?.get(part);
      if (known !== undefined) {
        // What has changed alone is copied.
        const fields = new Map(known.fields);
        sum.#segments.get(kind)?.get(variant)?.set(part, { ...known, fields });
      }
      sum.add(segment);
    }
    return sum;
  }

  /** Adds all that a segment says. */
  add({ kind, variant, part, fields }: Segment): void {
    const sum = this.fields(kind, variant, part);
    for (const [field, amount] of fields) addField(kind, sum, field, amount);
  }
}

function newMap<T>(): Map<string, T> {
  return new Map();
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** Adds an amount to a sum; a sum of zero takes no place. */
export function addSum(fields: Fields, field: number, amount: Amount): void {
  const before = fields.get(field);
  const sum = before === undefined ? amount : plus(before, amount);
  if (sum === 0) fields.delete(field);
  else fields.set(field, sum);
}

/** Widens the time between {@linkcode FIRST} and {@linkcode LAST}. */
export function addSeen(fields: Fields, at: number): void {
  addExtreme(fields, FIRST, at);
  addExtreme(fields, LAST, at);
}

function addExtreme(fields: Fields, field: number, at: Amount): void {
  const before = fields.get(field);
  if (before === undefined || isFurther(field, at, before)) {
    fields.set(field, at);
  }
}

/** Adds an amount to a counter, as is the counter's way. */
export function addField(
  kind: SegmentKind,
  fields: Fields,
  field: number,
  amount: Amount,
): void {
  if (isExtreme(kind, field)) addExtreme(fields, field, amount);
  else addSum(fields, field, amount);
}

/** What two amounts of one counter come to; null: it takes no place. */
export function together(
  kind: SegmentKind,
  field: number,
  a: Amount,
  b: Amount,
): Amount | null {
  if (isExtreme(kind, field)) return isFurther(field, b, a) ? b : a;
  const sum = plus(a, b);
  return sum === 0 ? null : sum;
}

/** Whether a counter is an earliest or a latest time, and no sum. */
function isExtreme(kind: SegmentKind, field: number): boolean {
  return field <= LAST &&
    (kind === "total" || kind === "config" || kind === "setup");
}

function isFurther(field: number, at: Amount, than: Amount): boolean {
  return field === FIRST ? at < than : at > than;
}
