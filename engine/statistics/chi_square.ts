import { gammaUpper } from "./gamma_functions.ts";

/**
 * P(X > x) of a chi-square distribution: Q(df/2, x/2).
 *
 * @param df Degrees of freedom, above 0.
 *
 * @example
 * ```ts
 * import { chiSquareUpperTail } from "./chi_square.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(chiSquareUpperTail(3.841458820694124, 1).toFixed(12), "0.050000000000");
 * ```
 */
export function chiSquareUpperTail(x: number, df: number): number {
  return gammaUpper(df / 2, x / 2);
}
