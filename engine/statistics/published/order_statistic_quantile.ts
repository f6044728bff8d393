import type { Estimate } from "../estimate.ts";
import { normalQuantile } from "../normal_distribution.ts";

/** What a quantile is estimated from when its order statistics are known. */
export interface OrderStatistics {
  /** Values in all. */
  readonly n: number;
  /** Values that the two bounds were read for; n unless data were added since. */
  readonly nStar: number;
  /** The quantile's level, as 0.9. */
  readonly share: number;
  readonly quantile: number;
  /** The order statistics at ranks n·(q ∓ z·√(q(1 − q)/n)), z for 95%. */
  readonly lower: number;
  readonly upper: number;
}

/** Totals per cluster: values below the quantile (a), and all values (b). */
export interface QuantileClusters {
  readonly clusters: number;
  readonly below: number;
  readonly belowSquared: number;
  readonly values: number;
  readonly valuesSquared: number;
  readonly product: number;
}

/** Below this many values a variance of 0 is left as it is. */
const MANY = 100;

/** The least variance of one value for {@linkcode MANY} values or more. */
const FLOOR = 1e-5;

/** For 95%, as the bounds are read. */
const Z = -normalQuantile(0.025);

/**
 * A quantile with the variance that its order statistics imply: a published
 * reference mode (GrowthBook's quantile metrics).
 *
 * σ² = (m/n)(n − 1)((upper − lower)/2z)² with m = nStar, and the variance of
 * the quantile is σ²/n.
 * With clusters it is multiplied by the variance of the share below the
 * quantile, as a ratio of totals per cluster, over q(1 − q)/n.
 *
 * Source: Deng, Knoblich and Lu (2018), Applying the delta method in metric
 * analytics, 4.1.
 *
 * @returns Null where the bounds lie outside the sample or on one another.
 *
 * @example
 * ```ts
 * import { orderStatisticQuantile } from "./order_statistic_quantile.ts";
 * import assert from "node:assert/strict";
 *
 * const quantile = orderStatisticQuantile({
 *   n: 11054,
 *   nStar: 11054,
 *   share: 0.9,
 *   quantile: 7.158,
 *   lower: 7.0988,
 *   upper: 7.2172,
 * });
 * assert.equal(Math.sqrt(quantile?.variance ?? 0).toFixed(4), "0.0302");
 * ```
 */
export function orderStatisticQuantile(
  statistics: OrderStatistics,
  clusters?: QuantileClusters,
): Estimate | null {
  const { n, nStar, share, quantile, lower, upper } = statistics;
  const odds = share / (1 - share);
  if (n <= 1 || n <= Z * Z * odds || n <= Z * Z / odds) return null;
  const width = (upper - lower) / (2 * Z);
  let variance = nStar / n * (n - 1) * width * width;
  if (clusters !== undefined) {
    variance *= clusterVariance(clusters) / (share * (1 - share) / n);
  }
  if (!(variance > 0)) return null;
  return {
    users: n,
    value: quantile,
    variance: (n < MANY ? variance : Math.max(variance, FLOOR)) / n,
  };
}

/** The delta method's variance of Σa/Σb over clusters. */
function clusterVariance(totals: QuantileClusters): number {
  const { clusters: k } = totals;
  const a = totals.below / k;
  const b = totals.values / k;
  const unbiased = k / (k - 1);
  const varA = (totals.belowSquared / k - a * a) * unbiased;
  const varB = (totals.valuesSquared / k - b * b) * unbiased;
  const cov = (totals.product / k - a * b) * unbiased;
  const ratio = a / b;
  return (varA - 2 * ratio * cov + ratio * ratio * varB) / (k * b * b);
}
