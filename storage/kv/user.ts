import {
  EVENT_TOTALS,
  USER_TOTALS,
} from "../../engine/statistics/flag_statistics.ts";
import type { EventTotal } from "../../engine/statistics/flag_statistics.ts";
import type { UserTotal } from "../../engine/statistics/flag_statistics.ts";
import { plus } from "./amount.ts";
import type { Amount } from "./amount.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { EVENT_AT, totalIndex } from "./fields.ts";
import { IdList, readIds } from "./id_list.ts";

const ROW_VERSION = 1;
/** Ids that stand in the row itself, before they are sealed on a page. */
const OPEN_IDS = 60;
const OPEN_ID_BYTES = 4096;
/** A user's row has room for this much beside the ids of assignments. */
export const MAX_USER_BYTES = 40 * 1024;

/** What one user has added up to under one variant. */
export interface UserVariant {
  /** The day of the earliest assignment, in days since 1970-01-01. */
  firstDay: number;
  /** By the places in `USER_TOTALS`. */
  readonly totals: Amount[];
  /** By the event's name, each by the places in `EVENT_TOTALS`. */
  readonly events: Map<string, Amount[]>;
}

/** What it had added up to before. */
export interface VariantBefore {
  readonly firstDay: number;
  readonly totals: readonly Amount[];
  readonly events: ReadonlyMap<string, readonly Amount[]>;
}

const NO_EVENTS: ReadonlyMap<string, readonly Amount[]> = new Map();

/** A user as the database keeps it, and the pages of ids sealed since. */
export interface EncodedUser {
  readonly row: Uint8Array<ArrayBuffer>;
  readonly pages: readonly {
    readonly page: number;
    readonly value: Uint8Array<ArrayBuffer>;
  }[];
}

/**
 * One user of one flag: what the user's records that were counted add up to,
 * and the ids of all of the user's assignments.
 *
 * The row: version; variants, each with name, first day, totals and events;
 * sealed pages of ids; ids. Totals are a mask of those that are not zero, and
 * these.
 */
export class User {
  readonly variants: Map<string, UserVariant> = new Map();
  /** What the counters contain of the variants that have changed since. */
  readonly before: Map<string, VariantBefore | null> = new Map();
  /** Pages of ids that stand beside the row. */
  pages = 0;
  #ids: IdList = new IdList();
  #sealed: { page: number; value: Uint8Array<ArrayBuffer> }[] = [];
  /** Of the row as it was read, and of the event names added since. */
  #bytes = 0;

  /** Reads a row. */
  static decode(row: Uint8Array): User {
    const user = new User();
    const reader = new ByteReader(row);
    if (reader.unsigned() !== ROW_VERSION) {
      throw new TypeError(`A user's row must be of version ${ROW_VERSION}`);
    }
    for (let left = reader.unsigned(); left > 0; left--) {
      const name = reader.text();
      user.variants.set(name, {
        firstDay: reader.unsigned(),
        totals: readTotals(reader, USER_TOTALS.length),
        events: readEvents(reader),
      });
    }
    user.pages = reader.unsigned();
    const ids = reader.unsigned();
    user.#ids = new IdList(reader.rest(), ids);
    user.#bytes = row.length - user.#ids.bytes;
    return user;
  }

  /** The ids on a sealed page. */
  static decodePage(value: Uint8Array): string[] {
    return readIds(value);
  }

  /** Ids of assignments that are on no sealed page. */
  get ids(): readonly string[] {
    return this.#ids.toArray();
  }

  /** Pages that were sealed since the row was written. */
  get sealed(): number {
    return this.#sealed.length;
  }

  /** Upper bound of the bytes of the row and the pages sealed since. */
  get bytes(): number {
    return this.#bytes + (this.#sealed.length + 1) * OPEN_ID_BYTES * 2;
  }

  /** Whether the row can take no further variant and no further event. */
  get full(): boolean {
    return this.#bytes >= MAX_USER_BYTES;
  }

  /** Whether an event of this name has been counted under the variant. */
  hasEvent(variant: string, event: string): boolean {
    return this.variants.get(variant)?.events.has(event) ?? false;
  }

  /** Keeps the id of one more assignment. */
  addAssignment(id: string): void {
    const ids = this.#ids;
    ids.add(id);
    if (ids.length < OPEN_IDS && ids.bytes < OPEN_ID_BYTES) return;
    const writer = new ByteWriter(ids.bytes);
    ids.write(writer);
    this.#sealed.push({ page: this.pages++, value: writer.finish() });
    this.#ids = new IdList();
  }

  /** Keeps these ids of assignments, and no others. */
  keepOnly(ids: readonly string[]): void {
    this.#ids = new IdList();
    this.#sealed = [];
    this.pages = 0;
    for (const id of ids) this.addAssignment(id);
  }

  /** The earliest assignment may be of this day. */
  addDay(variant: string, day: number): void {
    const changed = this.#change(variant);
    changed.firstDay = Math.min(changed.firstDay, day);
  }

  addTotal(variant: string, total: UserTotal, amount: Amount): void {
    const { totals } = this.#change(variant);
    const at = totalIndex(total);
    totals[at] = plus(totals[at] ?? 0, amount);
  }

  addEvent(
    variant: string,
    event: string,
    total: EventTotal,
    amount: Amount,
  ): void {
    const { events } = this.#change(variant);
    let totals = events.get(event);
    if (totals === undefined) {
      totals = EVENT_TOTALS.map(() => 0);
      events.set(event, totals);
      this.#bytes += event.length * 3 + 16;
    }
    const at = EVENT_AT[total];
    totals[at] = plus(totals[at] ?? 0, amount);
  }

  /** The user as it stands, to be written in one commit. */
  encode(writer: ByteWriter = new ByteWriter()): EncodedUser {
    writer.unsigned(ROW_VERSION);
    writer.unsigned(this.variants.size);
    for (const [name, { firstDay, totals, events }] of this.variants) {
      writer.text(name);
      writer.unsigned(firstDay);
      writeTotals(writer, totals);
      writer.unsigned(events.size);
      for (const [event, eventTotals] of events) {
        writer.text(event);
        writeTotals(writer, eventTotals);
      }
    }
    writer.unsigned(this.pages);
    writer.unsigned(this.#ids.length);
    this.#ids.write(writer);
    return { row: writer.finish(), pages: this.#sealed };
  }

  /** Forgets what was sealed and what was changed: it has been written. */
  written(): void {
    this.#sealed = [];
    this.before.clear();
  }

  /** A variant that is about to change. */
  #change(name: string): UserVariant {
    const variant = this.variants.get(name);
    if (variant === undefined) {
      const added = {
        firstDay: Infinity,
        totals: USER_TOTALS.map(() => 0),
        events: new Map(),
      };
      this.variants.set(name, added);
      this.before.set(name, null);
      this.#bytes += name.length * 3 + 64;
      return added;
    }
    if (!this.before.has(name)) {
      const { firstDay, totals, events } = variant;
      this.before.set(name, {
        firstDay,
        totals: totals.slice(),
        events: events.size === 0 ? NO_EVENTS : copied(events),
      });
    }
    return variant;
  }
}

function copied(
  events: ReadonlyMap<string, Amount[]>,
): Map<string, Amount[]> {
  const copy = new Map<string, Amount[]>();
  for (const [event, totals] of events) copy.set(event, totals.slice());
  return copy;
}

function writeTotals(writer: ByteWriter, totals: readonly Amount[]): void {
  let mask = 0;
  for (let at = 0; at < totals.length; at++) {
    if (totals[at] !== 0) mask |= 1 << at;
  }
  writer.unsigned(mask);
  for (const total of totals) if (total !== 0) writer.signed(total);
}

function readTotals(reader: ByteReader, length: number): Amount[] {
  const mask = reader.unsigned();
  const totals: Amount[] = [];
  for (let at = 0; at < length; at++) {
    totals.push((mask >> at) % 2 === 0 ? 0 : reader.signed());
  }
  return totals;
}

function readEvents(reader: ByteReader): Map<string, Amount[]> {
  const events = new Map<string, Amount[]>();
  for (let left = reader.unsigned(); left > 0; left--) {
    const name = reader.text();
    events.set(name, readTotals(reader, EVENT_TOTALS.length));
  }
  return events;
}
