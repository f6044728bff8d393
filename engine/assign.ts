import { bucketOf } from "./bucket.ts";
import type { PreparedFlag, Variant } from "./flag.ts";

/**
 * Decides which variant a user gets: the same one for ever, everywhere.
 *
 * The bucket of the user, below the rollout's gate, modulo the sum of the
 * weights, against the cumulative weights. Weights that are all zero give the
 * first variant. Source: the Python package modelab 0.1.0, with whose choices
 * these agree for every flag and user.
 *
 * @returns Null when the user is outside the rollout.
 *
 * @example
 * ```ts
 * import { assignVariant } from "./assign.ts";
 * import { prepareFlag } from "./flag.ts";
 * import assert from "node:assert/strict";
 *
 * const flag = prepareFlag({
 *   name: "summarizer_v2",
 *   variants: [{ name: "control" }, { name: "treatment" }],
 * });
 * assert.equal(assignVariant(flag, "user_123")?.name, "control");
 * ```
 */
export function assignVariant(
  flag: PreparedFlag,
  userId: string,
): Required<Variant> | null {
  const index = variantIndex(flag, bucketOf(flag.name, userId));
  return index === null ? null : flag.variants[index] ?? null;
}

/**
 * Which of a flag's variants a bucket leads to.
 *
 * @param bucket An integer from 0 to 9,999.
 * @returns The variant's place in the flag, or null outside the rollout.
 *
 * @example
 * ```ts
 * import { variantIndex } from "./assign.ts";
 * import { prepareFlag } from "./flag.ts";
 * import assert from "node:assert/strict";
 *
 * const flag = prepareFlag({
 *   name: "tone",
 *   variants: [{ name: "formal" }, { name: "casual" }],
 *   rolloutPct: 50,
 * });
 * assert.equal(variantIndex(flag, 4_999), 1);
 * assert.equal(variantIndex(flag, 5_000), null);
 * ```
 */
export function variantIndex(
  flag: PreparedFlag,
  bucket: number,
): number | null {
  const { admittedBuckets, totalWeight, variants } = flag;
  if (bucket >= admittedBuckets) return null;
  if (totalWeight === 0) return 0;
  const point = bucket % totalWeight;
  let cumulative = 0;
  let index = 0;
  for (const { weight } of variants) {
    cumulative += weight;
    if (point < cumulative) return index;
    index++;
  }
  return index - 1;
}
