import betaincinv from "@stdlib/math-base-special-betaincinv";

/**
 * The x with P(X ≤ x) = p.
 *
 * It stands alone because what it rests on reads the whole environment when
 * it is loaded, which a server under exact permissions may not.
 *
 * @param p From 0 to 1.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return betaincinv(p, a, b, false);
}
