import type { Amount } from "./amount.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import type {
  Fields,
  FlagCounters,
  Segment,
  SegmentKind,
} from "./flag_counters.ts";
import { addField, SEGMENT_KINDS, together } from "./flag_counters.ts";

/** A block is closed when it has so many bytes. */
const BLOCK_BYTES = 32 * 1024;
/** Fields that are written to one block without a look at its size. */
const RUN = 2048;
/** Of a field that is new, at most but for the largest amounts. */
const BYTES_PER_FIELD = 8;

/**
 * Writes counters as blocks, of which each fits in one value and which add up
 * to the counters. A block is a list of segments: kind, variant, part, and
 * fields.
 *
 * @param writer Whose buffer they are to be in.
 */
export function encodeBlocks(
  segments: Iterable<Segment>,
  writer: ByteWriter = new ByteWriter(),
): Uint8Array<ArrayBuffer>[] {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  for (const { kind, variant, part, fields } of segments) {
    const sorted = sortedNames(fields);
    for (let start = 0; start < sorted.length; start += RUN) {
      writer.unsigned(SEGMENT_KINDS.indexOf(kind));
      writer.text(variant);
      writer.text(part);
      writeFields(writer, fields, sorted.subarray(start, start + RUN));
      if (writer.length >= BLOCK_BYTES) blocks.push(writer.finish());
    }
  }
  if (writer.length > 0) blocks.push(writer.finish());
  return blocks;
}

/**
 * Adds to counters what a block says.
 *
 * @param only The kinds of segments to add; others are passed over.
 * @throws {TypeError} The bytes are no block.
 */
export function addBlock(
  counters: FlagCounters,
  block: Uint8Array,
  only: readonly SegmentKind[] = SEGMENT_KINDS,
): void {
  const reader = new ByteReader(block);
  while (!reader.done) {
    const kind = SEGMENT_KINDS[reader.unsigned()];
    if (kind === undefined) {
      throw new TypeError("A block of counters must name a kind of segment");
    }
    if (!only.includes(kind)) {
      skipSegment(reader);
      continue;
    }
    const [variant, part] = [reader.text(), reader.text()];
    const fields = counters.fields(kind, variant, part);
    let field = 0;
    for (let left = reader.unsigned(); left > 0; left--) {
      field += reader.unsigned();
      addField(kind, fields, field, reader.signed());
    }
  }
}

/** The fields of one segment as a value of their own. */
export function encodeFields(fields: Fields): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeFields(writer, fields, sortedNames(fields));
  return writer.finish();
}

/**
 * The fields of one segment as a value of their own, with others added to
 * them. Both are in order, and are merged as they are read: a row of a sketch
 * has thousands of fields, of which few change.
 *
 * @param value What {@linkcode encodeFields} wrote.
 */
export function addToFields(
  value: Uint8Array,
  { kind, fields }: Pick<Segment, "kind" | "fields">,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(value.length + fields.size * BYTES_PER_FIELD);
  let [count, written] = [0, 0];
  const put = (field: number, amount: Amount): void => {
    writer.unsigned(field - written);
    writer.signed(amount);
    written = field;
    count++;
  };
  const names = sortedNames(fields);
  let next = 0;
  /** Puts what the value does not have. */
  const putNew = (before: number): void => {
    for (;; next++) {
      const name = names[next];
      if (name === undefined || name >= before) return;
      put(name, fields.get(name) ?? 0);
    }
  };
  const reader = new ByteReader(value);
  let field = 0;
  for (let left = reader.unsigned(); left > 0; left--) {
    field += reader.unsigned();
    const amount = reader.signed();
    putNew(field);
    if (names[next] !== field) put(field, amount);
    else {
      next++;
      const sum = together(kind, field, amount, fields.get(field) ?? 0);
      if (sum !== null) put(field, sum);
    }
  }
  putNew(Infinity);
  const merged = writer.finish();
  writer.unsigned(count);
  writer.append(merged);
  return writer.finish();
}

/** The numbers that name the fields, in order. */
function sortedNames(fields: Fields): Float64Array {
  const names = new Float64Array(fields.size);
  let at = 0;
  for (const name of fields.keys()) names[at++] = name;
  return names.sort();
}

/** The reverse of {@linkcode encodeFields}. */
export function decodeFields(value: Uint8Array): Fields {
  return readFields(new ByteReader(value));
}

/** Their number, then each as its distance to the one before, and amount. */
function writeFields(
  writer: ByteWriter,
  fields: Fields,
  sorted: Float64Array,
): void {
  writer.unsigned(sorted.length);
  let before = 0;
  for (const field of sorted) {
    writer.unsigned(field - before);
    writer.signed(fields.get(field) ?? 0);
    before = field;
  }
}

function skipSegment(reader: ByteReader): void {
  reader.raw();
  reader.raw();
  for (let left = 2 * reader.unsigned(); left > 0; left--) reader.skip();
}

function readFields(reader: ByteReader): Fields {
  const fields: Fields = new Map();
  let field = 0;
  for (let left = reader.unsigned(); left > 0; left--) {
    field += reader.unsigned();
    fields.set(field, reader.signed());
  }
  return fields;
}
