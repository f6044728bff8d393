/**
 * Where an increasing function comes to 0, as bisection finds it: the upper end
 * of the last interval, to a relative tolerance. Most of its halvings are
 * decided by what false position has found before, which takes a few steps.
 *
 * Source: Dowell and Jarratt (1971), A modified regula falsi method for
 * computing the root of an equation (the Illinois algorithm).
 *
 * @param low Where the function is below 0.
 * @param high Where it is not.
 * @param tolerance Of the interval's width, as a share of its upper end.
 *
 * @example
 * ```ts
 * import { increasingRoot } from "./increasing_root.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(increasingRoot((x) => x * x - 2, 1, 2, 1e-9).toFixed(6), "1.414214");
 * ```
 */
export function increasingRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): number {
  const [below, above] = narrowed(f, low, high);
  let [from, to] = [low, high];
  while (to - from > tolerance * to) {
    const middle = (from + to) / 2;
    // The numbers between them have run out.
    if (middle === from || middle === to) break;
    if (middle <= below || (middle < above && f(middle) < 0)) from = middle;
    else to = middle;
  }
  return to;
}

/** Further steps would find less than the halvings that are left. */
const CLOSE = 1e-10;

/** False position; of an end that stays the value is halved. */
function narrowed(
  f: (x: number) => number,
  low: number,
  high: number,
): readonly [below: number, above: number] {
  let [below, above] = [low, high];
  let [atBelow, atAbove] = [f(below), f(above)];
  let last = 0;
  for (let i = 0; i < 20 && above - below > CLOSE * above; i++) {
    const x = below - (above - below) * atBelow / (atAbove - atBelow);
    if (!(x > below && x < above)) break;
    const value = f(x);
    const side = value < 0 ? -1 : 1;
    if (side < 0) {
      [below, atBelow] = [x, value];
      if (side === last) atAbove /= 2;
    } else {
      [above, atAbove] = [x, value];
      if (side === last) atBelow /= 2;
    }
    last = side;
  }
  return [below, above];
}
