/**
 * The gamma function's logarithm and the regularised upper incomplete gamma
 * function.
 *
 * @module
 */

import gammainc from "@stdlib/math-base-special-gammainc";
import gammaln from "@stdlib/math-base-special-gammaln";

/** ln Γ(x), for x above 0. */
export function gammaLn(x: number): number {
  return gammaln(x);
}

/**
 * Q(a, x) = Γ(a, x)/Γ(a): the upper tail of a gamma distribution.
 *
 * @param a Above 0, to 300. Beyond, the package's far tails are wrong: by 0.1%
 * at a = 400, x = 3a, and by more further on.
 * @param x At least 0.
 *
 * @throws {RangeError} When a is outside.
 */
export function gammaUpper(a: number, x: number): number {
  if (!(a > 0 && a <= 300)) {
    throw new RangeError(
      `gammaUpper: a must be above 0 and up to 300, got ${a}`,
    );
  }
  return x <= 0 ? 1 : gammainc(x, a, true, true);
}
