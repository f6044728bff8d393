import { mixMd5Block } from "./_md5_block.ts";

// One set of buffers serves every call: nothing here awaits, so no two calls
// overlap. The words are read little-endian, as every JavaScript engine's
// platform does.
const bytes = new Uint8Array(64);
const block = new Int32Array(bytes.buffer);
const state = new Int32Array(4);
const digest = new Uint32Array(4);
let filled = 0;
let blocks = 0;

/**
 * The MD5 of up to three texts laid end to end, as UTF-8.
 *
 * Nothing is allocated and the texts are not joined, so that assigning a user
 * leaves no garbage. A lone surrogate counts as U+FFFD; a pair that is cut in
 * two by the end of a text is two lone surrogates.
 *
 * Source: RFC 1321.
 *
 * @returns Four big-endian words: the digest read as one 128-bit number is
 * w0·2^96 + w1·2^64 + w2·2^32 + w3. The array is reused by the next call.
 *
 * @example
 * ```ts
 * import { md5Words } from "./md5.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(md5Words("flag", ":", "user")[0], 0x4fc2abf9);
 * ```
 */
export function md5Words(first: string, second = "", third = ""): Uint32Array {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  filled = 0;
  blocks = 0;
  absorb(first);
  if (second !== "") absorb(second);
  if (third !== "") absorb(third);
  finish();
  for (let i = 0; i < 4; i++) digest[i] = swapBytes(state[i] ?? 0);
  return digest;
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

function absorb(text: string): void {
  // A local counter: one that outlives the call would be written every byte.
  let at = filled;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      at = put(at, code);
      continue;
    }
    if (code < 0x800) {
      at = put(at, 0xc0 | code >> 6);
      at = put(at, 0x80 | code & 0x3f);
      continue;
    }
    if ((code & 0xf800) === 0xd800) {
      // NaN at the end of the text is no low surrogate either.
      const low = text.charCodeAt(i + 1);
      if (code < 0xdc00 && (low & 0xfc00) === 0xdc00) {
        i++;
        code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        at = put(at, 0xf0 | code >> 18);
        at = put(at, 0x80 | code >> 12 & 0x3f);
        at = put(at, 0x80 | code >> 6 & 0x3f);
        at = put(at, 0x80 | code & 0x3f);
        continue;
      }
      code = 0xfffd;
    }
    at = put(at, 0xe0 | code >> 12);
    at = put(at, 0x80 | code >> 6 & 0x3f);
    at = put(at, 0x80 | code & 0x3f);
  }
  filled = at;
}

/** Lays a byte into the block and gives the place of the next. */
function put(at: number, byte: number): number {
  bytes[at] = byte;
  if (at < 63) return at + 1;
  mixMd5Block(state, block);
  blocks++;
  return 0;
}

function finish(): void {
  const length = blocks * 64 + filled;
  let at = put(filled, 0x80);
  if (at > 56) {
    bytes.fill(0, at);
    mixMd5Block(state, block);
    at = 0;
  }
  bytes.fill(0, at, 56);
  // The length in bits, as 64 bits: shifts would cut it at 32.
  block[14] = length << 3;
  block[15] = Math.floor(length / 0x20000000);
  mixMd5Block(state, block);
}

function swapBytes(word: number): number {
  return word << 24 | (word & 0xff00) << 8 | word >>> 8 & 0xff00 | word >>> 24;
}
