import type { Direction } from "./direction.ts";

/**
 * Which points no other point dominates. A point dominates another that it
 * equals or beats on every objective and beats on at least one; equal points
 * stand together.
 *
 * @param points Each with one figure per objective.
 * @param directions One for each objective.
 * @returns For each point whether it is on the front.
 *
 * @example
 * ```ts
 * import { paretoFront } from "./pareto_front.ts";
 * import assert from "node:assert/strict";
 *
 * // Success and cost of three variants.
 * assert.deepEqual(
 *   paretoFront([[0.8, 2], [0.7, 1], [0.7, 3]], ["higher", "lower"]),
 *   [true, true, false],
 * );
 * ```
 */
export function paretoFront(
  points: readonly (readonly number[])[],
  directions: readonly Direction[],
): boolean[] {
  return points.map((point) =>
    !points.some((other) => dominates(other, point, directions))
  );
}

/** Whether one point is at least as good on all objectives, and better on one. */
export function dominates(
  point: readonly number[],
  other: readonly number[],
  directions: readonly Direction[],
): boolean {
  let better = false;
  for (const [i, direction] of directions.entries()) {
    const gain = ((point[i] ?? NaN) - (other[i] ?? NaN)) *
      (direction === "higher" ? 1 : -1);
    if (!(gain >= 0)) return false;
    if (gain > 0) better = true;
  }
  return better;
}
