/** Which end of a figure is the good one. */
export type Better = "high" | "low";

/**
 * The index of the one best value, or null when fewer than two are known or
 * the best is shared: a lead needs somebody to be ahead of.
 *
 * It compares what was observed. Whether the difference could be chance is
 * another question, which this does not answer.
 */
export function leadingIndex(
  values: readonly (number | null)[],
  better: Better,
): number | null {
  const sign = better === "high" ? 1 : -1;
  let known = 0;
  let best: number | null = null;
  let index: number | null = null;
  values.forEach((value, at) => {
    if (value === null) return;
    known++;
    if (best === null) {
      best = value;
      index = at;
    } else if (isSame(value, best)) {
      index = null;
    } else if (sign * (value - best) > 0) {
      best = value;
      index = at;
    }
  });
  return known < 2 ? null : index;
}

/** Sums of the same figures in another order differ in their last digits. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
