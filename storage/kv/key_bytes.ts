const encoder = new TextEncoder();
const PLAIN = /^[^\0\x80-\uffff]*$/;

/**
 * The bytes that a string takes in a key of Deno KV, without its two bytes of
 * framing: UTF-8, with every NUL escaped as two bytes.
 */
export function keyBytes(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let bytes = encoder.encode(text).length;
  for (let at = text.indexOf("\0"); at >= 0; at = text.indexOf("\0", at + 1)) {
    bytes++;
  }
  return bytes;
}
