/**
 * Student's t distribution with any positive degrees of freedom, whole or
 * not, through the incomplete beta function (Abramowitz and Stegun, 1964,
 * 26.7.1).
 *
 * @module
 */

import { betaCdf, betaUpperTail } from "./beta_distribution.ts";
import { gammaLn } from "./gamma_functions.ts";
import { normalQuantile } from "./normal_distribution.ts";

/** Beyond this t² may be no double, and the tail is its first term. */
const FAR = 1e100;

/**
 * P(T > t).
 *
 * @param df Degrees of freedom, above 0.
 */
export function tUpperTail(t: number, df: number): number {
  if (Math.abs(t) > FAR) {
    const tail = Math.exp(farTailLn(Math.abs(t), df));
    return t > 0 ? tail : 1 - tail;
  }
  const square = t * t;
  // Of the two shares the one that cannot round to 1.
  const tail = square < df
    ? betaUpperTail(square / (df + square), 0.5, df / 2) / 2
    : betaCdf(df / (df + square), df / 2, 0.5) / 2;
  return t >= 0 ? tail : 1 - tail;
}

/**
 * P(T ≤ t).
 *
 * @example
 * ```ts
 * import { tCdf } from "./t_distribution.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(tCdf(0, 3), 0.5);
 * ```
 */
export function tCdf(t: number, df: number): number {
  return tUpperTail(-t, df);
}

/**
 * The t with P(T ≤ t) = p.
 *
 * @param p From 0 to 1, both excluded.
 * @param df Degrees of freedom, above 0.
 *
 * @example
 * ```ts
 * import { tQuantile } from "./t_distribution.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(tQuantile(0.975, 10).toFixed(6), "2.228139");
 * ```
 */
export function tQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const t = knownQuantile(tail, df);
  return p < 0.5 ? -t : t;
}

/** An analysis asks for the same few quantiles again and again. */
const quantiles: Map<number, Map<number, number>> = new Map();
const MOST_QUANTILES = 1_000;
let quantilesKnown = 0;

function knownQuantile(tail: number, df: number): number {
  const known = quantiles.get(tail)?.get(df);
  if (known !== undefined) return known;
  const found = upperQuantile(tail, df);
  if (++quantilesKnown > MOST_QUANTILES) {
    quantiles.clear();
    quantilesKnown = 1;
  }
  const ofTail = quantiles.get(tail) ?? new Map<number, number>();
  quantiles.set(tail, ofTail.set(df, found));
  return found;
}

/**
 * The t > 0 with P(T > t) = tail, for a tail below ½: Newton's method on
 * ln P over ln t, where the tail is close to a straight line for heavy tails,
 * kept inside a bracket.
 */
function upperQuantile(tail: number, df: number): number {
  const lnTail = Math.log(tail);
  let low = 0;
  let high = Number.MAX_VALUE;
  let t = -normalQuantile(tail);
  if (df < 30) {
    // From P ≈ C·t^−df, which bounds the tail from above.
    t = Math.max(t, Math.exp((farTailLn(1, df) - lnTail) / df));
    if (t > Number.MAX_VALUE) return Number.MAX_VALUE;
  }
  for (let i = 0; i < 80; i++) {
    const value = tUpperTail(t, df);
    const error = Math.log(value) - lnTail;
    if (error === 0) return t;
    if (error > 0) low = t;
    else high = t;
    // d ln P / d ln t = −t·density/P
    const slope = t * density(t, df) / value;
    let next = t * Math.exp(error / slope);
    if (!(next > low && next < high)) {
      next = high === Number.MAX_VALUE ? t * 2 : (low + high) / 2;
    }
    if (Math.abs(next - t) <= 4e-15 * t) return next;
    t = next;
  }
  return t;
}

/** ln of C·t^−df, the first term of the tail for large t. */
function farTailLn(t: number, df: number): number {
  return gammaLn((df + 1) / 2) - gammaLn(df / 2) - Math.log(Math.PI) / 2 +
    (df / 2 - 1) * Math.log(df) - df * Math.log(t);
}

function density(t: number, df: number): number {
  return Math.exp(
    gammaLn((df + 1) / 2) - gammaLn(df / 2) - Math.log(df * Math.PI) / 2 -
      (df + 1) / 2 * Math.log1p(t * t / df),
  );
}
