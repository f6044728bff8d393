/**
 * Adjusted p-values for several hypotheses: compare each with the level meant
 * for all of them together. The results are in the order of the input.
 *
 * @module
 */

/**
 * Holm's step-down method: the chance of even one false alarm is at most the
 * level, whatever the dependence. It always finds at least what Bonferroni's
 * finds.
 *
 * Source: Holm (1979), A simple sequentially rejective multiple test
 * procedure.
 *
 * @example
 * ```ts
 * import { holm } from "./multiple_testing.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(holm([0.01, 0.5, 0.02]), [0.03, 0.5, 0.04]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted: number[] = [];
  let largest = 0;
  ascending(pValues).forEach(([p, index], rank) => {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * The step-up method of Benjamini and Hochberg: of the hypotheses rejected,
 * the expected share of false alarms is at most the level, for tests that are
 * independent or positively dependent.
 *
 * Source: Benjamini and Hochberg (1995), Controlling the false discovery rate.
 *
 * @example
 * ```ts
 * import { benjaminiHochberg } from "./multiple_testing.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(benjaminiHochberg([0.01, 0.5, 0.02]), [0.03, 0.5, 0.03]);
 * ```
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted: number[] = [];
  let smallest = 1;
  const order = ascending(pValues);
  for (let rank = order.length; rank > 0; rank--) {
    const [p, index] = order[rank - 1] ?? [1, 0];
    smallest = Math.min(smallest, p * pValues.length / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}

/**
 * The level that single p-values are to be compared with, by the method of
 * Benjamini and Hochberg: the largest rank·level/m that a p-value of that rank
 * stays below, or level/m when none does. A published reference mode (ExpAn's).
 *
 * @throws {RangeError} Without p-values.
 */
export function benjaminiHochbergThreshold(
  pValues: readonly number[],
  level = 0.05,
): number {
  if (pValues.length === 0) {
    throw new RangeError("benjaminiHochbergThreshold: got no p-values");
  }
  let found = 1;
  ascending(pValues).forEach(([p], index) => {
    if (p <= (index + 1) * level / pValues.length) found = index + 1;
  });
  return found * level / pValues.length;
}

/**
 * Bonferroni's method: every p-value times their number.
 *
 * Source: Dunn (1961), Multiple comparisons among means.
 */
export function bonferroni(pValues: readonly number[]): number[] {
  return pValues.map((p) => Math.min(1, p * pValues.length));
}

function ascending(
  pValues: readonly number[],
): (readonly [p: number, index: number])[] {
  return pValues.map((p, index) => [p, index] as const)
    .sort(([a], [b]) => a - b);
}
