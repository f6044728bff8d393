import { md5Words } from "./md5.ts";

/** How many buckets users are spread over: a rollout is cut to 0.01%. */
export const BUCKET_COUNT = 10_000;

/**
 * The bucket of a user under a flag: the MD5 of `flag:user` as a 128-bit
 * number, modulo 10,000, as in the Python package modelab 0.1.0.
 *
 * @param flagName Any string.
 * @param userId Any string, also an empty one. A lone surrogate counts as
 * U+FFFD; Python refuses it.
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
  const words = md5Words(flagName, ":", userId);
  // 2^96, 2^64 and 2^32 modulo 10,000. The sum stays below 2^53, so it is
  // exact, and the remainder by floor is three times as fast as % on doubles.
  const sum = (words[0] ?? 0) * 336 + (words[1] ?? 0) * 1616 +
    (words[2] ?? 0) * 7296 + (words[3] ?? 0);
  return sum - Math.floor(sum / BUCKET_COUNT) * BUCKET_COUNT;
}
