import { chiSquareUpperTail } from "../chi_square.ts";

/** What {@linkcode equalProportionsTest} finds. */
export interface EqualProportionsTest {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Pearson's χ² test that several rates over independent trials are equal,
 * without continuity correction. For two arms it is the z test with pooled
 * variance.
 *
 * Source: Pearson (1900); Fleiss, Levin and Paik (2003), Statistical methods
 * for rates and proportions, 9.1.
 *
 * @param arms Each [successes, trials]; arms without trials are left out.
 * @returns Null for fewer than two arms, or where no trial or every trial is
 * a success: there is nothing to compare.
 *
 * @example
 * ```ts
 * import { equalProportionsTest } from "./equal_proportions.ts";
 * import assert from "node:assert/strict";
 *
 * const test = equalProportionsTest([[83, 86], [90, 93], [129, 136], [70, 82]]);
 * assert.equal(test?.chiSquare.toFixed(4), "12.6004");
 * assert.equal(test?.pValue.toFixed(6), "0.005585");
 * ```
 */
export function equalProportionsTest(
  arms: readonly (readonly [successes: number, trials: number])[],
): EqualProportionsTest | null {
  const tried = arms.filter(([, trials]) => trials > 0);
  const successes = tried.reduce((sum, [count]) => sum + count, 0);
  const trials = tried.reduce((sum, [, count]) => sum + count, 0);
  const rate = successes / trials;
  if (tried.length < 2 || successes === 0 || successes === trials) return null;
  const chiSquare = tried.reduce(
    (sum, [count, of]) => sum + (count - rate * of) ** 2 / of,
    0,
  ) / (rate * (1 - rate));
  const degreesOfFreedom = tried.length - 1;
  return {
    chiSquare,
    degreesOfFreedom,
    pValue: chiSquareUpperTail(chiSquare, degreesOfFreedom),
  };
}
