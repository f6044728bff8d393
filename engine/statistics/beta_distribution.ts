/**
 * The beta distribution: the regularised incomplete beta function and its
 * complement.
 *
 * @module
 */

import betainc from "@stdlib/math-base-special-betainc";
import { gammaLn } from "./gamma_functions.ts";

/**
 * P(X ≤ x) = I_x(a, b).
 *
 * @param a Above 0, as b.
 *
 * @example
 * ```ts
 * import { betaCdf } from "./beta_distribution.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(betaCdf(0.5, 2, 3), 0.6875);
 * ```
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return betainc(x, a, b, true, false);
}

/** P(X > x) = 1 − I_x(a, b), with the digits of a small tail. */
export function betaUpperTail(x: number, a: number, b: number): number {
  if (x <= 0) return 1;
  if (x >= 1) return 0;
  return betainc(x, a, b, true, true);
}

/** ln B(a, b). */
export function betaLn(a: number, b: number): number {
  return gammaLn(a) + gammaLn(b) - gammaLn(a + b);
}
