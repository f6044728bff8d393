import type { Amount } from "./amount.ts";
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
 */
export function encodeBlocks(
  segments: Iterable<Segment>,
): Uint8Array<ArrayBuffer>[] {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  let writer = new ByteWriter();
  for (const { kind, variant, part, fields } of segments) {
    const sorted = sortedFields(fields);
    for (let start = 0; start < sorted.length; start += RUN) {
      writer.unsigned(SEGMENT_KINDS.indexOf(kind));
      writer.text(variant);
      writer.text(part);
      writeFields(writer, sorted.slice(start, start + RUN));
      if (writer.length < BLOCK_BYTES) continue;
      blocks.push(writer.finish());
      writer = new ByteWriter();
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
  writeFields(writer, sortedFields(fields));
  return writer.finish();
}

function sortedFields(fields: Fields): [number, Amount][] {
  return [...fields].sort(([a], [b]) => a - b);
}

/** The reverse of {@linkcode encodeFields}. */
export function decodeFields(value: Uint8Array): Fields {
  return readFields(new ByteReader(value));
}

/** Their number, then each as its distance to the one before, and amount. */
function writeFields(
  writer: ByteWriter,
  sorted: readonly (readonly [number, Amount])[],
): void {
  writer.unsigned(sorted.length);
  let before = 0;
  for (const [field, amount] of sorted) {
    writer.unsigned(field - before);
    writer.signed(amount);
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
