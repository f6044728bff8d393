import type { ByteReader, ByteWriter } from "./bytes.ts";

const HYPHEN = 45;
const UUID_LENGTH = 36;
const NO_DIGIT = 255;
/** The values of hexadecimal digits in lower case, by their character codes. */
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (const [value, digit] of [..."0123456789abcdef"].entries()) {
  DIGITS[digit.charCodeAt(0)] = value;
}
const decoder = new TextDecoder();
const encoder = new TextEncoder();
const HEX = Array.from(
  { length: 256 },
  (_, byte) => byte.toString(16).padStart(2, "0"),
);

/**
 * A UUID as its 16 bytes, or null: of several ways to write a UUID only the
 * usual one, so that the text can be got back from the bytes.
 */
export function uuidBytes(id: string): Uint8Array<ArrayBuffer> | null {
  if (id.length !== UUID_LENGTH) return null;
  const bytes = new Uint8Array(16);
  return putUuid(id, bytes) ? bytes : null;
}

/** Reads a UUID into an array, and says whether it is one. */
function putUuid(id: string, bytes: Uint8Array): boolean {
  if (id.length !== UUID_LENGTH) return false;
  let at = 0;
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) {
      if (id.charCodeAt(at++) !== HYPHEN) return false;
    }
    const high = DIGITS[id.charCodeAt(at++)] ?? NO_DIGIT;
    const low = DIGITS[id.charCodeAt(at++)] ?? NO_DIGIT;
    if (high === NO_DIGIT || low === NO_DIGIT) return false;
    bytes[index] = high * 16 + low;
  }
  return true;
}

/** The reverse of {@linkcode uuidBytes}. */
export function uuidText(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
    text += HEX[bytes[index] ?? 0];
  }
  return text;
}

/** The UUID that is being written. */
const uuid = new Uint8Array(16);

/** Writes an id: 0 and 16 bytes for a UUID, else its length + 1 and UTF-8. */
export function writeId(writer: ByteWriter, id: string): void {
  if (putUuid(id, uuid)) {
    writer.unsigned(0);
    writer.append(uuid);
    return;
  }
  const bytes = encoder.encode(id);
  writer.unsigned(bytes.length + 1);
  writer.append(bytes);
}

/** The bytes that {@linkcode writeId} takes for an id of at most 4 KiB. */
export function encodedLength(id: string): number {
  return putUuid(id, uuid) ? 17 : encoder.encode(id).length + 2;
}

/** The reverse of {@linkcode writeId}. */
export function readId(reader: ByteReader): string {
  const length = reader.unsigned();
  return length === 0
    ? uuidText(reader.take(16))
    : decoder.decode(reader.take(length - 1));
}
