/**
 * The standard normal distribution. Tails are computed as such, never as one
 * minus the other side, so that a probability of 1e-300 keeps its digits.
 *
 * @module
 */

import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";

const LN_SQRT_2_PI = Math.log(2 * Math.PI) / 2;

/** The density exp(−x²/2)/√(2π). */
export function normalPdf(x: number): number {
  return Math.exp(-x * x / 2 - LN_SQRT_2_PI);
}

/**
 * P(Z ≤ x) = erfc(−x/√2)/2.
 *
 * @example
 * ```ts
 * import { normalCdf } from "./normal_distribution.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(normalCdf(0), 0.5);
 * ```
 */
export function normalCdf(x: number): number {
  return erfc(-x / Math.SQRT2) / 2;
}

/** P(Z > x). */
export function normalUpperTail(x: number): number {
  return erfc(x / Math.SQRT2) / 2;
}

/**
 * ln P(Z ≤ x), also where the probability itself is no longer a double.
 *
 * Below −20 by the asymptotic series of Mills' ratio: Abramowitz and Stegun
 * (1964), 26.2.12.
 */
export function normalLogCdf(x: number): number {
  if (x > -20) {
    // Where the probability is near 1, its complement holds the digits.
    return x > 0 ? Math.log1p(-normalUpperTail(x)) : Math.log(normalCdf(x));
  }
  const square = x * x;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 12; k++) {
    term *= -(2 * k - 1) / square;
    sum += term;
  }
  return -square / 2 - LN_SQRT_2_PI - Math.log(-x) + Math.log(sum);
}

/**
 * The x with P(Z ≤ x) = p: −√2·erfcinv(2p).
 *
 * @param p From 0 to 1, both excluded.
 *
 * @example
 * ```ts
 * import { normalQuantile } from "./normal_distribution.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(normalQuantile(0.975).toFixed(6), "1.959964");
 * ```
 */
export function normalQuantile(p: number): number {
  // Near 1 the doubles lie too far apart for 2p to keep a tail's digits, so
  // both halves are taken from the tail.
  return p < 0.5
    ? -Math.SQRT2 * erfcinv(2 * p)
    : p === 0.5
    ? 0
    : Math.SQRT2 * erfcinv(2 * (1 - p));
}
