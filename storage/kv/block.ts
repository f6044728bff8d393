import { ByteReader, ByteWriter } from "./bytes.ts";
import type {
  Fields,
  FlagCounters,
  Segment,
  SegmentKind,
} from "./flag_counters.ts";
import { SEGMENT_KINDS } from "./flag_counters.ts";

/** A block is closed when it has so many bytes. */
const BLOCK_BYTES = 32 * 1024;
/** Fields that are written to one block without a look at its size. */
const RUN = 2048;

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
 * @param only The one kind of segments to add, where others are not wanted.
 * @throws {TypeError} The bytes are no block.
 */
export function addBlock(
  counters: FlagCounters,
  block: Uint8Array,
  only: SegmentKind | null = null,
): void {
  const reader = new ByteReader(block);
  while (!reader.done) {
    const kind = SEGMENT_KINDS[reader.unsigned()];
    if (kind === undefined) {
      throw new TypeError("A block of counters must name a kind of segment");
    }
    if (only !== null && kind !== only) {
      skipSegment(reader);
      continue;
    }
    const [variant, part] = [reader.text(), reader.text()];
    counters.add({ kind, variant, part, fields: readFields(reader) });
  }
}

/** The fields of one segment as a value of their own. */
export function encodeFields(fields: Fields): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeFields(writer, fields, sortedNames(fields));
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
