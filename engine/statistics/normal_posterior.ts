import type { Direction } from "./direction.ts";
import type { Interval } from "./interval.ts";
import {
  normalCdf,
  normalPdf,
  normalQuantile,
  normalUpperTail,
} from "./normal_distribution.ts";

/** A normal belief: what is known before the data, or after them. */
export interface NormalBelief {
  readonly mean: number;
  /** Standard deviation, at least 0. */
  readonly sd: number;
}

/**
 * The posterior of a normal estimate: precisions add, and the mean is the
 * mean of data and prior weighted with them.
 *
 * Source: Gelman et al. (2013), Bayesian data analysis, 2.5.
 *
 * @param value The estimate.
 * @param variance Its squared standard error.
 * @param prior Null for a flat (improper) prior: the posterior is the data.
 *
 * @example
 * ```ts
 * import { normalPosterior } from "./normal_posterior.ts";
 * import assert from "node:assert/strict";
 *
 * const { mean, sd } = normalPosterior(0.2, 0.01, { mean: 0, sd: 0.1 });
 * assert.equal(mean, 0.1);
 * assert.equal(sd.toFixed(6), "0.070711");
 * ```
 */
export function normalPosterior(
  value: number,
  variance: number,
  prior: NormalBelief | null,
): NormalBelief {
  if (prior === null) return { mean: value, sd: Math.sqrt(variance) };
  const priorVariance = prior.sd * prior.sd;
  // As weights, so that neither variance may be 0 alone.
  const sum = variance + priorVariance;
  if (sum === 0) return { mean: prior.mean, sd: 0 };
  const weight = priorVariance / sum;
  return {
    mean: weight * value + (1 - weight) * prior.mean,
    sd: Math.sqrt(weight * variance),
  };
}

/** The central interval that holds 1 − alpha of the posterior. */
export function posteriorInterval(
  posterior: NormalBelief,
  alpha = 0.05,
): Interval {
  const half = -normalQuantile(alpha / 2) * posterior.sd;
  return { lower: posterior.mean - half, upper: posterior.mean + half };
}

/**
 * The chance that a difference treatment − control is in the good direction.
 * A difference known to be 0 has ½.
 *
 * @param direction Which way the metric is better. Default "higher".
 */
export function chanceToBeat(
  posterior: NormalBelief,
  direction: Direction = "higher",
): number {
  const mean = direction === "higher" ? posterior.mean : -posterior.mean;
  if (posterior.sd === 0) return mean > 0 ? 1 : mean < 0 ? 0 : 0.5;
  return normalCdf(mean / posterior.sd);
}

/** What a decision is expected to cost, in the unit of the difference. */
export interface ExpectedLoss {
  /** Of staying with the control: the expected part by which it is worse. */
  readonly keep: number;
  /** Of shipping the treatment. */
  readonly ship: number;
}

/**
 * The expected loss of either choice for a normal difference d (treatment −
 * control): E max(d, 0) when the control is kept, E max(−d, 0) when the
 * treatment ships, where higher is better.
 *
 * E max(d, 0) = σφ(μ/σ) + μΦ(μ/σ).
 *
 * @param direction Which way the metric is better. Default "higher".
 *
 * @example
 * ```ts
 * import { expectedLoss } from "./normal_posterior.ts";
 * import assert from "node:assert/strict";
 *
 * const { keep, ship } = expectedLoss({ mean: 0.1, sd: 0.05 });
 * assert.equal(keep.toFixed(8), "0.10042454");
 * assert.equal(ship.toFixed(8), "0.00042454");
 * ```
 */
export function expectedLoss(
  posterior: NormalBelief,
  direction: Direction = "higher",
): ExpectedLoss {
  const mean = direction === "higher" ? posterior.mean : -posterior.mean;
  const { sd } = posterior;
  if (sd === 0) return { keep: Math.max(mean, 0), ship: Math.max(-mean, 0) };
  // The smaller of the two from its own tail; the other by their difference,
  // which is the mean exactly.
  const z = Math.abs(mean) / sd;
  const small = Math.max(0, sd * (normalPdf(z) - z * normalUpperTail(z)));
  const large = Math.abs(mean) + small;
  return mean >= 0
    ? { keep: large, ship: small }
    : { keep: small, ship: large };
}
