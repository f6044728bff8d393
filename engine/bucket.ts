import { md5Digest, md5Words, paddedWords } from "./md5.ts";

/** How many buckets users are spread over: a rollout is cut to 0.01%. */
export const BUCKET_COUNT = 10_000;

// One message at a time: nothing here awaits, so that no two calls overlap. A
// buffer of its own for every call would cost more than the hash.
const MAX_BYTES = 1024;
const words = new Int32Array(MAX_BYTES / 4);

/**
 * The buckets of a flag's users: the MD5 of `flag:user` as a 128-bit number,
 * modulo 10,000, as in the Python package modelab 0.1.0.
 *
 * The flag's bytes are made once. The user's go straight into the words that
 * are hashed, whole characters at a time and four where they are ASCII:
 * reading words back from bytes that were just written stalls processors.
 *
 * @example
 * ```ts
 * import { Bucketing } from "./bucket.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(new Bucketing("summarizer_v2").bucketOf("user_123"), 3034);
 * ```
 */
export class Bucketing {
  readonly #flagName: string;
  /** The bytes of the flag's name and the colon, the last word not full. */
  readonly #prefix: Int32Array;
  readonly #length: number;

  /** @param flagName Any string. */
  constructor(flagName: string) {
    const prefix = new TextEncoder().encode(`${flagName}:`);
    const bytes = new Uint8Array((prefix.length >> 2) * 4 + 4);
    bytes.set(prefix);
    this.#flagName = flagName;
    this.#prefix = new Int32Array(bytes.buffer);
    this.#length = prefix.length;
  }

  /**
   * The bucket of a user.
   *
   * @param userId Any string, also an empty one. A lone surrogate counts as
   * U+FFFD; Python refuses it.
   * @returns An integer from 0 to 9,999.
   */
  bucketOf(userId: string): number {
    const { length } = userId;
    // No unit takes more than three bytes; the padding takes up to 72.
    if (this.#length + length * 3 + 72 > MAX_BYTES) {
      return bucketOfDigest(md5Words(`${this.#flagName}:${userId}`));
    }
    const prefix = this.#prefix;
    let at = this.#length >> 2;
    for (let i = 0; i < at; i++) words[i] = prefix[i] ?? 0;
    // What of the next word is there, and how many bits of it.
    let word = prefix[at] ?? 0;
    let filled = (this.#length & 3) << 3;
    let i = 0;
    while (i < length) {
      if (filled === 0) {
        while (i + 4 <= length) {
          const a = userId.charCodeAt(i);
          const b = userId.charCodeAt(i + 1);
          const c = userId.charCodeAt(i + 2);
          const d = userId.charCodeAt(i + 3);
          if ((a | b | c | d) > 0x7f) break;
          words[at++] = a | b << 8 | c << 16 | d << 24;
          i += 4;
        }
        if (i === length) break;
      }
      // The character's UTF-8, its first byte lowest, and how many bits it has.
      let code = userId.charCodeAt(i++);
      let bits = 8;
      if (code >= 0x80) {
        if (code < 0x800) {
          bits = 16;
          code = 0x80c0 | code >> 6 | (code & 0x3f) << 8;
        } else {
          if ((code & 0xf800) === 0xd800) {
            const low = i < length ? userId.charCodeAt(i) : 0;
            if (code < 0xdc00 && (low & 0xfc00) === 0xdc00) {
              i++;
              bits = 32;
              code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
              code = 0x808080f0 | code >> 18 | (code >> 12 & 0x3f) << 8 |
                (code >> 6 & 0x3f) << 16 | (code & 0x3f) << 24;
            } else code = 0xfffd;
          }
          if (bits === 8) {
            bits = 24;
            code = 0x8080e0 | code >> 12 | (code >> 6 & 0x3f) << 8 |
              (code & 0x3f) << 16;
          }
        }
      }
      word |= code << filled;
      filled += bits;
      if (filled >= 32) {
        words[at++] = word;
        filled -= 32;
        // In two steps: a shift by 32 would be none.
        word = code >>> 1 >>> (bits - filled - 1);
      }
    }
    words[at] = word | 0x80 << filled;
    const bytes = at * 4 + (filled >> 3);
    const count = paddedWords(bytes);
    while (++at < count) words[at] = 0;
    words[count - 2] = bytes << 3;
    return bucketOfDigest(md5Digest(words, count));
  }
}

/**
 * The bucket of a user under a flag, where it is asked for once.
 *
 * @returns An integer from 0 to 9,999.
 *
 * @example
 * ```ts
 * import { bucketOf } from "./bucket.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(bucketOf("summarizer_v2", "user_123"), 3034);
 * ```
 */
export function bucketOf(flagName: string, userId: string): number {
  return new Bucketing(flagName).bucketOf(userId);
}

function bucketOfDigest(digest: Uint32Array): number {
  // 2^96, 2^64 and 2^32 modulo 10,000. The sum stays below 2^53, so it is
  // exact, and the remainder by floor is three times as fast as % on doubles.
  const sum = (digest[0] ?? 0) * 336 + (digest[1] ?? 0) * 1616 +
    (digest[2] ?? 0) * 7296 + (digest[3] ?? 0);
  return sum - Math.floor(sum / BUCKET_COUNT) * BUCKET_COUNT;
}
