import type { PreparedFlag } from "./flag.ts";

/**
 * How many of the 10,000 buckets lead to each variant of a flag.
 *
 * Rollout and choice of variant read the same bucket, so that these shares
 * are the weights' own only when the buckets let in are a multiple of the
 * sum of the weights.
 *
 * @returns One count per variant, in the flag's order; their sum is the
 * number of buckets that the rollout lets in.
 *
 * @example
 * ```ts
 * import { prepareFlag } from "./flag.ts";
 * import { variantBuckets } from "./flag_shares.ts";
 * import assert from "node:assert/strict";
 *
 * const flag = prepareFlag({
 *   name: "tone",
 *   variants: [{ name: "formal" }, { name: "casual" }],
 *   rolloutPct: 0.5,
 * });
 * assert.deepEqual(variantBuckets(flag), [50, 0]);
 * ```
 */
export function variantBuckets(flag: PreparedFlag): number[] {
  const { admittedBuckets, totalWeight, variants } = flag;
  if (totalWeight === 0) {
    return variants.map((_, index) => index === 0 ? admittedBuckets : 0);
  }
  const rounds = Math.floor(admittedBuckets / totalWeight);
  const rest = admittedBuckets % totalWeight;
  let low = 0;
  return variants.map(({ weight }) => {
    const partial = Math.min(Math.max(rest - low, 0), weight);
    low += weight;
    return rounds * weight + partial;
  });
}
