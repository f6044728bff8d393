import { mixMd5Block } from "./_md5_block.ts";

const encoder = new TextEncoder();
const state = new Int32Array(4);
const digest = new Uint32Array(4);

/**
 * The MD5 of a message that is laid out as RFC 1321, sections 3.1 and 3.2, has
 * it: followed by a bit, zeros and its length.
 *
 * @param words Little-endian words, as every JavaScript engine's platform has.
 * @param count How many of them there are: a multiple of 16.
 * @returns Four big-endian words: the digest read as one 128-bit number is
 * w0·2^96 + w1·2^64 + w2·2^32 + w3. The array is reused by the next call.
 */
export function md5Digest(words: Int32Array, count: number): Uint32Array {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  for (let offset = 0; offset < count; offset += 16) {
    mixMd5Block(state, words, offset);
  }
  digest[0] = swapBytes(state[0] ?? 0);
  digest[1] = swapBytes(state[1] ?? 0);
  digest[2] = swapBytes(state[2] ?? 0);
  digest[3] = swapBytes(state[3] ?? 0);
  return digest;
}

/**
 * How many words a message takes with what follows it.
 *
 * @param length Its bytes.
 */
export function paddedWords(length: number): number {
  return (Math.floor((length + 8) / 64) + 1) * 16;
}

/**
 * The MD5 of a text's UTF-8, as {@linkcode md5Digest} gives it. A lone
 * surrogate counts as U+FFFD.
 *
 * @example
 * ```ts
 * import { md5Words } from "./md5.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(md5Words("flag:user")[0], 0x4fc2abf9);
 * ```
 */
export function md5Words(text: string): Uint32Array {
  const encoded = encoder.encode(text);
  const { length } = encoded;
  const words = new Int32Array(paddedWords(length));
  const bytes = new Uint8Array(words.buffer);
  bytes.set(encoded);
  bytes[length] = 0x80;
  // The length in bits, as 64 bits: shifts would cut it at 32.
  words[words.length - 2] = length << 3;
  words[words.length - 1] = Math.floor(length / 0x20000000);
  return md5Digest(words, words.length);
}

/**
 * The MD5 of a text's UTF-8, in lower-case hexadecimal.
 *
 * @example
 * ```ts
 * import { md5 } from "./md5.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(md5(""), "d41d8cd98f00b204e9800998ecf8427e");
 * ```
 */
export function md5(text: string): string {
  let hex = "";
  for (const word of md5Words(text)) hex += word.toString(16).padStart(8, "0");
  return hex;
}

function swapBytes(word: number): number {
  return word << 24 | (word & 0xff00) << 8 | word >>> 8 & 0xff00 | word >>> 24;
}
