const LIMIT = 10n ** 1000n;

/**
 * The digits of a BigInt, or `[too large]` when there are more than 1,000:
 * the time that they take to work out grows faster than their number.
 *
 * @example
 * ```ts
 * import { bigintText } from "./bigint_text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(bigintText(-12n), "-12");
 * assert.equal(bigintText(2n ** 10_000n), "[too large]");
 * ```
 */
export function bigintText(value: bigint): string {
  return value > -LIMIT && value < LIMIT ? String(value) : "[too large]";
}
