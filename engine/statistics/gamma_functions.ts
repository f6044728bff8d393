/**
 * The gamma function's logarithm, and the regularised incomplete gamma
 * functions for shapes of any size, in logarithms as well.
 *
 * @module
 */

import gammaln from "@stdlib/math-base-special-gammaln";

/** ln Γ(x), for x above 0. */
export function gammaLn(x: number): number {
  return gammaln(x);
}

/**
 * Q(a, x) = Γ(a, x)/Γ(a): the upper tail of a gamma distribution.
 *
 * @param a Above 0.
 * @param x At least 0.
 *
 * @throws {RangeError} When a is not above 0.
 */
export function gammaUpper(a: number, x: number): number {
  return Math.exp(gammaUpperLn(a, x));
}

/**
 * ln Q(a, x), also where Q itself is no double.
 *
 * Below a + 1 from the series of the lower function, above by Legendre's
 * continued fraction: each converges fast on its side.
 *
 * Source: DLMF 8.7.3 and 8.9.2; Lentz (1976), Generating Bessel functions in
 * Mie scattering calculations using continued fractions.
 */
export function gammaUpperLn(a: number, x: number): number {
  checkShape(a);
  if (x <= 0) return 0;
  return x < a + 1 ? ln1mExp(seriesLn(a, x)) : fractionLn(a, x);
}

/** ln P(a, x) = ln(1 − Q(a, x)). */
export function gammaLowerLn(a: number, x: number): number {
  checkShape(a);
  if (x <= 0) return -Infinity;
  return x < a + 1 ? seriesLn(a, x) : ln1mExp(fractionLn(a, x));
}

function checkShape(a: number): void {
  if (!(a > 0)) throw new RangeError(`gamma: a must be above 0, got ${a}`);
}

/** ln P(a, x) = ln [x^a·e^−x/Γ(a + 1) · Σ x^k/((a + 1)…(a + k))]. */
function seriesLn(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return frontLn(a, x) + Math.log(sum / a);
}

/** ln Q(a, x) = ln [x^a·e^−x/Γ(a) / (x + 1 − a − 1(1 − a)/(x + 3 − a − …))]. */
function fractionLn(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 1e6; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / (step * d + b || 1e-300);
    c = b + step / c || 1e-300;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return frontLn(a, x) + Math.log(value);
}

/** ln [x^a·e^−x/Γ(a)]. */
function frontLn(a: number, x: number): number {
  if (a < 20) return a * Math.log(x) - x - gammaLn(a);
  // Stirling's series, so that a·ln x, x and ln Γ(a), all large, need not
  // cancel: a(ln(1 + μ) − μ) with μ = x/a − 1 is all that depends on x.
  const mu = (x - a) / a;
  const a2 = a * a;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / a2) / a2) / a2) /
    a;
  return a * log1pMinus(mu) + Math.log(a / (2 * Math.PI)) / 2 - series;
}

/** ln(1 + μ) − μ. */
function log1pMinus(mu: number): number {
  if (Math.abs(mu) > 0.1) return Math.log1p(mu) - mu;
  let power = mu;
  let sum = 0;
  for (let k = 2; k < 40; k++) {
    power *= -mu;
    sum += power / k;
  }
  return sum;
}

/** ln(1 − e^x) for x < 0. */
function ln1mExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}
