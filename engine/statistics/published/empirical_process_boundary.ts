/**
 * The boundary on the largest distance between the empirical distribution
 * function of t values and the true one, at all times from t₀ on:
 *
 * A·√((ln(1 + ln(t/t₀)) + C)/t)
 *
 * with the least C whose error is at most alpha. A published reference mode
 * of the package confseq.
 *
 * Source: Howard and Ramdas (2022), Sequential estimation of quantiles with
 * applications to A/B testing and best-arm identification, theorem 2.
 *
 * @param t Values so far, at least `firstTime`.
 * @param a A, above 1/√2. Default 0.85.
 *
 * @throws {RangeError} When t is before `firstTime`, or A is too small.
 *
 * @example
 * ```ts
 * import { empiricalProcessBoundary } from "./empirical_process_boundary.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   empiricalProcessBoundary(1000, 0.05, 100).toFixed(6),
 *   "0.082048",
 * );
 * ```
 */
export function empiricalProcessBoundary(
  t: number,
  alpha: number,
  firstTime: number,
  a = 0.85,
): number {
  if (t < firstTime || !(a > Math.SQRT1_2)) {
    throw new RangeError(
      `empiricalProcessBoundary: t must be at least ${firstTime} and a above 0.7071, got ${t} and ${a}`,
    );
  }
  let low = 0;
  let high = 1;
  while (leastError(high, a) > alpha) high *= 2;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (leastError(middle, a) > alpha) low = middle;
    else high = middle;
  }
  return a * Math.sqrt((Math.log1p(Math.log(t / firstTime)) + high) / t);
}

/** The error of C, at the best growth η of the proof's epochs. */
function leastError(c: number, a: number): number {
  const error = (eta: number): number => {
    const root = a - Math.sqrt(2 * (eta - 1) / c);
    const square = 2 / eta * root * root;
    if (root <= 0 || square <= 1) return Infinity;
    return 4 * Math.exp(-square * c) *
      (1 + 1 / ((square - 1) * Math.log(eta)));
  };
  // Golden section over η from 1 to 2A², beyond which there is no bound; the
  // error falls and then rises.
  const shrink = (Math.sqrt(5) - 1) / 2;
  let low = 1;
  let high = limit(c, a);
  for (let i = 0; i < 100; i++) {
    const left = high - shrink * (high - low);
    const right = low + shrink * (high - low);
    if (error(left) <= error(right)) high = right;
    else low = left;
  }
  return error((low + high) / 2);
}

/** The η where √(η/2) + √(2(η − 1)/C) reaches A. */
function limit(c: number, a: number): number {
  let low = 1;
  let high = 2 * a * a;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (Math.sqrt(middle / 2) + Math.sqrt(2 * (middle - 1) / c) < a) {
      low = middle;
    } else high = middle;
  }
  return low;
}
