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
