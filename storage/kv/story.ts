import type { ByteWriter } from "./bytes.ts";
import type { Outcome, StoryState } from "./count.ts";
import { laterOutcome } from "./count.ts";
import type { AssignmentEntry, Entry, EventEntry } from "./entry.ts";
import { KnownRecords } from "./known_records.ts";
import { isForeign, withKeyLimit } from "./key_limit.ts";
import { sameDecision, withoutHints } from "./record_identity.ts";
import { decodeEntry, encodeEntry } from "./entry_codec.ts";

/** The most records that one assignment can have. */
export const MAX_ENTRIES = 10_000;
/**
 * The most pages of one assignment, of 48 KiB each: whoever adds a record to
 * a story reads all of it.
 */
export const MAX_PAGES = 64;
/** The most bytes of one entry; the validation's limits keep below it. */
export const MAX_ENTRY_BYTES = 56 * 1024;
/**
 * The most bytes that the names of an assignment's custom events take: they
 * stand in its user's row.
 */
export const MAX_NAME_BYTES = 8 * 1024;
const PAGE_BYTES = 48 * 1024;
const ROW_VERSION = 2;
const ASCII = /^[\0-\x7f]*$/;
/** What became of a record: kept, known already, or refused. */
export type Verdict = "accepted" | "duplicate" | {
  readonly field: string;
  readonly message: string;
};

/** A story as it is written: its row, and the pages that were sealed since. */
export interface EncodedStory {
  readonly row: Uint8Array<ArrayBuffer>;
  readonly pages: readonly {
    readonly page: number;
    readonly value: Uint8Array<ArrayBuffer>;
  }[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Everything that is known about one assignment: the assignment itself, its
 * executions and events in the order of their arrival, and how many of them
 * the counters contain.
 *
 * The row is a JSON array: version, entries counted, pages sealed, entries.
 * When it would pass 48 KiB its entries are sealed as a page of their own,
 * which never changes again.
 */
export class Story {
  readonly id: string;
  /** Pages that stand beside the row. */
  pages: number;
  /**
   * How many entries the counters contain: the assignment first, then the
   * others in the order of their arrival.
   */
  counted: number;
  assignment: AssignmentEntry | null = null;
  readonly state: StoryState = { outcome: null, events: null };
  readonly #known = new KnownRecords();
  /** Of custom events; null until there is one. */
  #names: Set<string> | null = null;
  #namesBytes = 0;
  /** Encoded entries that are on no sealed page. */
  #open: string[] = [];
  #openBytes = 0;
  #sealed: { page: number; value: Uint8Array<ArrayBuffer> }[] = [];
  #sealedBytes = 0;

  private constructor(id: string, counted: number, pages: number) {
    this.id = id;
    this.counted = counted;
    this.pages = pages;
  }

  /** A story that has no row yet. */
  static empty(id: string): Story {
    return new Story(id, 0, 0);
  }

  /** How many pages stand beside a row. */
  static pageCount(row: Uint8Array): number {
    return parseRow(row).pages;
  }

  /** Reads a row with its pages in order. */
  static decode(
    id: string,
    row: Uint8Array,
    pages: readonly Uint8Array[] = [],
  ): Story {
    const { counted, pages: pageCount, entries } = parseRow(row);
    if (pageCount !== pages.length) {
      throw new TypeError(
        `Assignment ${id} has ${pageCount} pages, got ${pages.length}`,
      );
    }
    const story = new Story(id, counted, pageCount);
    for (const page of pages) {
      const list: unknown = JSON.parse(decoder.decode(page));
      if (!Array.isArray(list)) throw new TypeError(`A page of ${id} is torn`);
      for (const fields of list) story.#take(decodeEntry(fields));
    }
    for (const fields of entries) {
      story.#take(decodeEntry(fields));
      story.#keep(JSON.stringify(fields));
    }
    story.#recallState();
    return story;
  }

  /** Executions and events in the order of their arrival. */
  get others(): readonly Entry[] {
    return this.#known.list;
  }

  /** Pages that were sealed since the story was written. */
  get sealed(): number {
    return this.#sealed.length;
  }

  /** Upper bound of the bytes that writing the story takes, without keys. */
  get bytes(): number {
    return this.#openBytes + this.#sealedBytes + 64;
  }

  /** Whether the next entry can be counted. */
  get waiting(): boolean {
    return this.assignment !== null && this.counted < this.others.length + 1;
  }

  /** The event that decides the outcome, of all entries; null: none does. */
  get outcome(): Outcome | null {
    return this.others.reduce<Outcome | null>(
      (outcome, entry) =>
        entry.kind === "event" && entry.type !== "custom" &&
          !this.#isForeign(entry)
          ? laterOutcome(outcome, entry)
          : outcome,
      null,
    );
  }

  /** The entry to be counted next, if there is one. */
  get next(): Entry | null {
    if (this.assignment === null) return null;
    if (this.counted === 0) return this.assignment;
    return this.others[this.counted - 1] ?? null;
  }

  /**
   * Adds a record, unless it is known or cannot belong here.
   *
   * @param refusal Why no new record of this kind is taken; null when it is.
   */
  add(entry: Entry, refusal: Verdict | null = null): Verdict {
    if (entry.kind === "assignment" && this.assignment !== null) {
      return sameDecision(this.assignment, entry);
    }
    if (entry.kind !== "assignment" && this.#known.has(entry)) {
      return "duplicate";
    }
    // The assignment is let in even so: without it nothing would ever count.
    const full = refusal ?? this.#full(entry);
    if (full !== null) return full;
    const kept = this.#withoutHints(entry);
    const text = encodeEntry(kept);
    const bytes = byteLength(text);
    if (bytes > MAX_ENTRY_BYTES) {
      return {
        field: "",
        message:
          `must take at most ${MAX_ENTRY_BYTES} bytes in all, got ${bytes}`,
      };
    }
    this.#take(kept);
    this.#keep(text, bytes);
    return "accepted";
  }

  /** The story as it stands, to be written in one commit. */
  encode(writer: ByteWriter): EncodedStory {
    const { counted, pages } = this;
    const entries = this.#open.join(",");
    writer.utf8(`[${ROW_VERSION},${counted},${pages},[${entries}]]`);
    return { row: writer.finish(), pages: this.#sealed };
  }

  /** Forgets what was sealed: it has been written. */
  written(): void {
    this.#sealed = [];
    this.#sealedBytes = 0;
  }

  #full(entry: Entry): Verdict | null {
    if (entry.kind === "assignment") return null;
    if (entry.kind === "event" && this.#nameBytes(entry) > MAX_NAME_BYTES) {
      return {
        field: "event_name",
        message:
          `must be among the names of an assignment's custom events, of at most ${MAX_NAME_BYTES} bytes together, got one more`,
      };
    }
    const count = this.others.length + (this.assignment === null ? 0 : 1);
    const [most, got] = count >= MAX_ENTRIES
      ? [`${MAX_ENTRIES} records`, count]
      : [`${MAX_PAGES} pages of records`, this.pages];
    if (count < MAX_ENTRIES && this.pages < MAX_PAGES) return null;
    return {
      field: "assignment_id",
      message:
        `must be that of an assignment with fewer than ${most}, got one with ${got}`,
    };
  }

  /** What the names of custom events take together with one more entry's. */
  #nameBytes({ type, name }: EventEntry): number {
    if (type !== "custom" || this.#names?.has(name)) return 0;
    return this.#namesBytes + name.length * 3 + 16;
  }

  #take(entry: Entry): void {
    if (entry.kind === "assignment") this.assignment = entry;
    else {
      if (entry.kind === "event" && entry.type === "custom") {
        this.#namesBytes = Math.max(this.#namesBytes, this.#nameBytes(entry));
        this.#names ??= new Set();
        this.#names.add(entry.name);
      }
      this.#known.add(entry);
    }
  }

  #keep(text: string, bytes = byteLength(text)): void {
    if (this.#openBytes + bytes > PAGE_BYTES && this.#open.length > 0) {
      const value = encoder.encode(`[${this.#open.join(",")}]`);
      this.#sealed.push({ page: this.pages++, value });
      this.#sealedBytes += value.length;
      this.#open = [];
      this.#openBytes = 0;
    }
    this.#open.push(text);
    this.#openBytes += bytes + 1;
  }

  #recallState(): void {
    for (const entry of this.others.slice(0, Math.max(0, this.counted - 1))) {
      if (entry.kind !== "event" || this.#isForeign(entry)) continue;
      if (entry.type === "custom") {
        this.state.events ??= new Set();
        this.state.events.add(entry.name);
      } else this.state.outcome = laterOutcome(this.state.outcome, entry);
    }
  }

  #isForeign(entry: Entry): boolean {
    return this.assignment !== null && isForeign(this.assignment, entry);
  }

  #withoutHints(entry: Entry): Entry {
    const assignment = this.assignment;
    if (assignment === null || entry.kind === "assignment") return entry;
    // Whether the key may send for this flag is known now.
    const more = withKeyLimit(withoutHints(entry.more, assignment), null);
    return { ...entry, more };
  }
}

/** The bytes of a text in UTF-8. */
function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : encoder.encode(text).length;
}

function parseRow(
  row: Uint8Array,
): { counted: number; pages: number; entries: unknown[] } {
  const parsed: unknown = JSON.parse(decoder.decode(row));
  if (Array.isArray(parsed)) {
    const [version, counted, pages, entries]: unknown[] = parsed;
    if (
      version === ROW_VERSION && typeof counted === "number" &&
      typeof pages === "number" && Array.isArray(entries)
    ) return { counted, pages, entries };
  }
  throw new TypeError(
    `A row of the ledger must be of version ${ROW_VERSION}, got ${
      decoder.decode(row.slice(0, 100))
    }`,
  );
}
