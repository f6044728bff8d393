import { crc32 } from "node:zlib";

/**
 * One message of `application/vnd.amazon.eventstream`: lengths, headers and
 * payload, each followed by its checksum.
 *
 * Source: AWS, "Event stream encoding".
 */
export function eventStream(type: string, payload: unknown): Uint8Array {
  const headers = [
    header(":event-type", type),
    header(":content-type", "application/json"),
    header(":message-type", "event"),
  ].flatMap((bytes) => [...bytes]);
  const body = new TextEncoder().encode(JSON.stringify(payload));
  const total = 16 + headers.length + body.length;
  const message = new Uint8Array(total);
  const view = new DataView(message.buffer);
  view.setUint32(0, total);
  view.setUint32(4, headers.length);
  view.setUint32(8, crc32(message.subarray(0, 8)));
  message.set(headers, 12);
  message.set(body, 12 + headers.length);
  view.setUint32(total - 4, crc32(message.subarray(0, total - 4)));
  return message;
}

function header(name: string, value: string): Uint8Array {
  const encoder = new TextEncoder();
  const [nameBytes, valueBytes] = [encoder.encode(name), encoder.encode(value)];
  // 7 is the type of a string.
  return new Uint8Array([
    nameBytes.length,
    ...nameBytes,
    7,
    valueBytes.length >> 8,
    valueBytes.length & 0xff,
    ...valueBytes,
  ]);
}
