import { createMd5 } from "./md5.ts";

/** How many buckets users are spread over: a rollout is cut to 0.01%. */
export const BUCKET_COUNT = 10_000;

// One message at a time: nothing here awaits, so that no two calls overlap.
const hash = createMd5();

/**
 * The buckets of a flag's users: the MD5 of `flag:user` as a 128-bit number,
 * modulo 10,000, as in the Python package modelab 0.1.0.
 *
 * @param flagName Any string; its bytes are made once.
 * @returns A function that takes a user's id, any string, also an empty one,
 * and gives an integer from 0 to 9,999. A lone surrogate counts as U+FFFD;
 * Python refuses it.
 *
 * @example
 * ```ts
 * import { bucketing } from "./bucket.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(bucketing("summarizer_v2")("user_123"), 3034);
 * ```
 */
export function bucketing(flagName: string): (userId: string) => number {
  const name = new TextEncoder().encode(`${flagName}:`);
  const prefix = new Int32Array((name.length >> 2) + 1);
  new Uint8Array(prefix.buffer).set(name);
  return (userId) => {
    const digest = hash(prefix, name.length, userId);
    const a = swapHalves(digest[0]);
    const b = swapHalves(digest[1]);
    const c = swapHalves(digest[2]);
    const d = swapHalves(digest[3]);
    // 2^112, 2^96 … 2^16 modulo 10,000, on either side of zero, and a multiple
    // that keeps the sum above: it never leaves 32 bits, which are fast.
    return ((a & 0xffff) * 96 + (a >>> 16) * 336 -
      (b & 0xffff) * 3824 + (b >>> 16) * 1616 +
      (c & 0xffff) * 656 - (c >>> 16) * 2704 -
      (d & 0xffff) * 4464 + (d >>> 16) + 720_400_000) % BUCKET_COUNT;
  };
}

/**
 * The bytes of each half of a word the other way round: the half that was
 * lower is the higher one of the number that the bytes are.
 */
function swapHalves(word = 0): number {
  return (word & 0xff00ff) << 8 | word >>> 8 & 0xff00ff;
}

/** A text's MD5, as four numbers: for telling long texts apart. */
export function digestText(text: string): string {
  return hash(new Int32Array(1), 0, text).slice(0, 4).join(" ");
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
  return bucketing(flagName)(userId);
}
