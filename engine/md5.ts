/**
 * Hashes a text that begins with bytes which are the same for many.
 *
 * @param prefix The first bytes as little-endian words, the last one not full.
 * @param length How many bytes these are.
 * @param text What follows, as UTF-8; a lone surrogate counts as U+FFFD.
 * @returns Words of which four are the digest, the first of their bytes lowest.
 * The array is reused by the next call.
 */
export type Md5 = (
  prefix: Int32Array,
  length: number,
  text: string,
) => Int32Array;

/**
 * An MD5 for short texts, without allocation.
 *
 * It works on one block at a time, into which a text's characters go straight,
 * four at a time where they are ASCII: reading words back from bytes that were
 * just written stalls processors. Four steps are written out for each round,
 * since every step waits for the one before: what a loop adds runs meanwhile.
 * For that, each begins with what it has, adds block and constant first, takes
 * the latest word last where the order of a term is free, and in round 2
 * splits the choice into two sums.
 *
 * The arrays are closed over: to an engine they are constants then, whose
 * bounds need no check, as variables of a module are not once it is bundled.
 *
 * Source: RFC 1321, sections 3.1 to 3.4.
 */
export function createMd5(): Md5 {
  // One word more than a block has: V8 may move arrays of up to 64 bytes, and
  // has to look up where they are.
  const block = new Int32Array(17);
  const state = new Int32Array(17);
  const sines = Int32Array.from(
    { length: 64 },
    (_, i) => Math.abs(Math.sin(i + 1)) * 2 ** 32,
  );

  function mix(): void {
    let a = state[0] ?? 0;
    let b = state[1] ?? 0;
    let c = state[2] ?? 0;
    let d = state[3] ?? 0;
    for (let i = 0; i < 16; i += 4) {
      a = (a + (block[i & 15] ?? 0) + (sines[i & 63] ?? 0) | 0) +
          ((c ^ d) & b ^ d) | 0;
      a = (a << 7 | a >>> 25) + b | 0;
      d = (d + (block[i + 1 & 15] ?? 0) + (sines[i + 1 & 63] ?? 0) | 0) +
          ((b ^ c) & a ^ c) | 0;
      d = (d << 12 | d >>> 20) + a | 0;
      c = (c + (block[i + 2 & 15] ?? 0) + (sines[i + 2 & 63] ?? 0) | 0) +
          ((a ^ b) & d ^ b) | 0;
      c = (c << 17 | c >>> 15) + d | 0;
      b = (b + (block[i + 3 & 15] ?? 0) + (sines[i + 3 & 63] ?? 0) | 0) +
          ((d ^ a) & c ^ a) | 0;
      b = (b << 22 | b >>> 10) + c | 0;
    }
    for (let i = 16; i < 32; i += 4) {
      a = (a + (block[i + 1 & 15] ?? 0) + (sines[i & 63] ?? 0) + (c & ~d) | 0) +
          (b & d) | 0;
      a = (a << 5 | a >>> 27) + b | 0;
      d = (d + (block[i + 6 & 15] ?? 0) + (sines[i + 1 & 63] ?? 0) + (b & ~c) |
            0) + (a & c) | 0;
      d = (d << 9 | d >>> 23) + a | 0;
      c = (c + (block[i + 11 & 15] ?? 0) + (sines[i + 2 & 63] ?? 0) + (a & ~b) |
            0) + (d & b) | 0;
      c = (c << 14 | c >>> 18) + d | 0;
      b = (b + (block[i & 15] ?? 0) + (sines[i + 3 & 63] ?? 0) + (d & ~a) | 0) +
          (c & a) | 0;
      b = (b << 20 | b >>> 12) + c | 0;
    }
    for (let i = 32; i < 48; i += 4) {
      a = (a + (block[5 - i & 15] ?? 0) + (sines[i & 63] ?? 0) | 0) +
          (c ^ d ^ b) | 0;
      a = (a << 4 | a >>> 28) + b | 0;
      d = (d + (block[8 - i & 15] ?? 0) + (sines[i + 1 & 63] ?? 0) | 0) +
          (b ^ c ^ a) | 0;
      d = (d << 11 | d >>> 21) + a | 0;
      c = (c + (block[11 - i & 15] ?? 0) + (sines[i + 2 & 63] ?? 0) | 0) +
          (a ^ b ^ d) | 0;
      c = (c << 16 | c >>> 16) + d | 0;
      b = (b + (block[14 - i & 15] ?? 0) + (sines[i + 3 & 63] ?? 0) | 0) +
          (d ^ a ^ c) | 0;
      b = (b << 23 | b >>> 9) + c | 0;
    }
    for (let i = 48; i < 64; i += 4) {
      a = (a + (block[-i & 15] ?? 0) + (sines[i & 63] ?? 0) | 0) +
          ((b | ~d) ^ c) | 0;
      a = (a << 6 | a >>> 26) + b | 0;
      d = (d + (block[7 - i & 15] ?? 0) + (sines[i + 1 & 63] ?? 0) | 0) +
          ((a | ~c) ^ b) | 0;
      d = (d << 10 | d >>> 22) + a | 0;
      c = (c + (block[14 - i & 15] ?? 0) + (sines[i + 2 & 63] ?? 0) | 0) +
          ((d | ~b) ^ a) | 0;
      c = (c << 15 | c >>> 17) + d | 0;
      b = (b + (block[5 - i & 15] ?? 0) + (sines[i + 3 & 63] ?? 0) | 0) +
          ((c | ~a) ^ d) | 0;
      b = (b << 21 | b >>> 11) + c | 0;
    }
    state[0] = a + (state[0] ?? 0);
    state[1] = b + (state[1] ?? 0);
    state[2] = c + (state[2] ?? 0);
    state[3] = d + (state[3] ?? 0);
  }

  return (prefix, length, text) => {
    state[0] = 0x67452301;
    state[1] = 0xefcdab89;
    state[2] = ~0x67452301;
    state[3] = ~0xefcdab89;
    let at = 0;
    while (at < length >> 2) {
      block[at & 15] = prefix[at] ?? 0;
      if (!(++at & 15)) mix();
    }
    // What of the next word is there, and how many bits of it.
    let word = prefix[at] ?? 0;
    let filled = (length & 3) << 3;
    const size = text.length;
    let i = 0;
    while (i < size) {
      // A block's last word is not for this loop, which so needs no mixing.
      while (i + 4 <= size && ~at & 15) {
        const p = text.charCodeAt(i);
        const q = text.charCodeAt(i + 1);
        const r = text.charCodeAt(i + 2);
        const s = text.charCodeAt(i + 3);
        if ((p | q | r | s) >= 0x80) break;
        const code = p | q << 8 | r << 16 | s << 24;
        block[at++ & 15] = word | code << filled;
        // In two steps: a shift by 32 would be none.
        word = code >>> 1 >>> (31 - filled);
        i += 4;
      }
      if (i === size) break;
      // The UTF-8 of the next character, its first byte lowest, and its bits.
      let code = text.charCodeAt(i);
      let bits = 8;
      if (code >= 0x80) {
        code = text.codePointAt(i) ?? 0;
        if (code > 0xffff) i++;
        if (code >> 11 === 0xd800 >> 11) code = 0xfffd;
        const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        let rest = 0;
        for (; bits <= more * 8; bits += 8) {
          rest = rest << 8 | 0x80 | code & 0x3f;
          code >>= 6;
        }
        code |= rest << 8 | 0xff << 7 - more & 0xff;
      }
      i++;
      word |= code << filled;
      filled += bits;
      if (filled >= 32) {
        block[at & 15] = word;
        if (!(++at & 15)) mix();
        filled -= 32;
        word = code >>> 1 >>> (bits - filled - 1);
      }
    }
    const bits = at * 32 + filled;
    let end = at & 15;
    block[end] = word | 0x80 << filled;
    if (end > 13) {
      block[end + 1] = 0;
      mix();
      end = -1;
    }
    while (++end < 14) block[end] = 0;
    block[14] = bits;
    block[15] = bits / 2 ** 32;
    mix();
    return state;
  };
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
  const digest = createMd5()(new Int32Array(1), 0, text).slice(0, 4);
  return Array.from(
    new Uint8Array(digest.buffer),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}
