import type { ByteReader, ByteWriter } from "./bytes.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
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
  if (id.length !== 36 || !UUID.test(id)) return null;
  const bytes = new Uint8Array(16);
  let at = 0;
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) at++;
    bytes[index] = digit(id.charCodeAt(at)) * 16 + digit(id.charCodeAt(at + 1));
    at += 2;
  }
  return bytes;
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

/** Writes an id: 0 and 16 bytes for a UUID, else its length + 1 and UTF-8. */
export function writeId(writer: ByteWriter, id: string): void {
  const uuid = uuidBytes(id);
  if (uuid !== null) {
    writer.unsigned(0);
    writer.append(uuid);
    return;
  }
  const bytes = encoder.encode(id);
  writer.unsigned(bytes.length + 1);
  writer.append(bytes);
}

/** The reverse of {@linkcode writeId}. */
export function readId(reader: ByteReader): string {
  const length = reader.unsigned();
  return length === 0
    ? uuidText(reader.take(16))
    : decoder.decode(reader.take(length - 1));
}

/** The value of a hexadecimal digit in lower case. */
function digit(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}
