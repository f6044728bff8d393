/** Numbers up to this are doubles without loss. */
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The double nearest to a fraction of two integers of any size, but for its
 * last bit. What must cancel is to be cancelled before, in integers.
 *
 * @param denominator Not 0.
 *
 * @throws {RangeError} When the denominator is 0.
 *
 * @example
 * ```ts
 * import { exactRatio } from "./exact_ratio.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(exactRatio(10n ** 400n, 2n * 10n ** 400n), 0.5);
 * ```
 */
export function exactRatio(numerator: bigint, denominator: bigint): number {
  if (denominator === 0n) {
    throw new RangeError("exactRatio: the denominator must not be 0");
  }
  if (
    numerator <= SAFE && numerator >= -SAFE && denominator <= SAFE &&
    denominator >= -SAFE
  ) return Number(numerator) / Number(denominator);
  // Enough bits that the quotient, cut to an integer, holds a whole double.
  const shift = 66 + bitLength(denominator) - bitLength(numerator);
  const quotient = shift >= 0
    ? (numerator << BigInt(shift)) / denominator
    : numerator / (denominator << BigInt(-shift));
  // In two steps: one power of two alone may be no double.
  const half = Math.trunc(shift / 2);
  return Number(quotient) * 2 ** -half * 2 ** -(shift - half);
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}
