/**
 * Time-uniform boundaries in closed form, by stitching together bounds over
 * epochs that grow geometrically: reference modes, as published with the
 * package confseq.
 *
 * @module
 */

/** Options of the stitched boundaries. */
export interface StitchingOptions {
  /** How fast the error spent falls from epoch to epoch. @default {1.4} */
  readonly s?: number;
  /** How fast epochs grow. @default {2} */
  readonly eta?: number;
}

/**
 * The polynomial stitched boundary of a sub-gamma sum with scale c:
 *
 * √(k₁²vℓ + k₂²c²ℓ²) + k₂cℓ, ℓ = s·ln ln(ηv/v₀) + ln(ζ(s)/(α(ln η)^s))
 *
 * Source: Howard, Ramdas, McAuliffe and Sekhon (2021), theorem 1.
 *
 * @param v Intrinsic time; below `firstTime` it counts as that.
 * @param scale c; negative for tails lighter than normal.
 *
 * @example
 * ```ts
 * import { polynomialStitchedBoundary } from "./stitched_boundary.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   polynomialStitchedBoundary(100, 0.05, 10, 3).toFixed(5),
 *   "64.48755",
 * );
 * ```
 */
export function polynomialStitchedBoundary(
  v: number,
  alpha: number,
  firstTime: number,
  scale = 0,
  options: StitchingOptions = {},
): number {
  const { s = 1.4, eta = 2 } = options;
  const time = Math.max(v, firstTime);
  const ell = s * Math.log(Math.log(eta * time / firstTime)) +
    Math.log(zeta(s) / Math.log(eta) ** s) - Math.log(alpha);
  return stitch(time, ell, scale, eta);
}

/**
 * The boundary for the number of values below a quantile, over all quantiles
 * and times at once, in units of counts: divided by t it bounds the rank.
 *
 * Source: Howard and Ramdas (2022), Sequential estimation of quantiles with
 * applications to A/B testing and best-arm identification, theorem 3.
 *
 * @param share The quantile's level p.
 * @param t Values so far.
 * @param optimalTime Values at which it is to be tight; at least 1.
 * @param delta Spacing of the quantiles in the proof. Default 0.5.
 *
 * @example
 * ```ts
 * import { doubleStitchedBoundary } from "./stitched_boundary.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   doubleStitchedBoundary(0.5, 1000, 0.05, 100).toFixed(5),
 *   "68.62803",
 * );
 * ```
 */
export function doubleStitchedBoundary(
  share: number,
  t: number,
  alpha: number,
  optimalTime: number,
  delta = 0.5,
  options: StitchingOptions = {},
): number {
  const { s = 1.4, eta = 2 } = options;
  const time = Math.max(t, optimalTime);
  const logit = Math.log(share / (1 - share));
  const step = delta * Math.sqrt(optimalTime * eta / time);
  const nearer = share >= 0.5
    ? share
    : Math.min(0.5, 1 / (1 + Math.exp(-logit - 2 * step)));
  const variance = nearer * (1 - nearer);
  const index = Math.sqrt(time / optimalTime) * Math.abs(logit) / (2 * delta) +
    1;
  const z = zeta(s);
  const ell = s * Math.log(Math.log(eta * time / optimalTime)) +
    s * Math.log(index) +
    Math.log(2 * z * (2 * z + 1) / (alpha * Math.log(eta) ** s));
  return delta * Math.sqrt(eta * time * variance / optimalTime) +
    stitch(variance * time, ell, (1 - 2 * share) / 3, eta);
}

function stitch(v: number, ell: number, scale: number, eta: number): number {
  const k1 = (eta ** 0.25 + eta ** -0.25) / Math.SQRT2;
  const linear = (Math.sqrt(eta) + 1) / 2 * scale * ell;
  return Math.sqrt(k1 * k1 * v * ell + linear * linear) + linear;
}

/**
 * Riemann's ζ(s) for s > 1, by Euler and Maclaurin's formula.
 *
 * Source: DLMF 25.2.9.
 */
export function zeta(s: number): number {
  const n = 20;
  let sum = 0;
  for (let k = 1; k < n; k++) sum += k ** -s;
  sum += n ** (1 - s) / (s - 1) + n ** -s / 2;
  // B₂ₖ/(2k)! · s(s + 1)…(s + 2k − 2) · n^(1 − s − 2k)
  let term = s * n ** (-s - 1);
  for (const [k, b] of [1 / 12, -1 / 720, 1 / 30240, -1 / 1209600].entries()) {
    sum += b * term;
    term *= (s + 2 * k + 1) * (s + 2 * k + 2) / (n * n);
  }
  return sum;
}
