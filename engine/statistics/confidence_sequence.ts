/**
 * Confidence sequences: intervals that hold at every look at once. However
 * often one looks, and whatever one then decides, the chance that the truth
 * is ever outside is at most alpha.
 *
 * The e-value of a z score over n users is, for one tuning N*,
 *
 * e = exp(φz²/(2(1 + φ)))/√(1 + φ), φ = n·ρ²,
 * ρ² = (−2 ln α + ln(1 − 2 ln α))/N*
 *
 * the likelihood ratio of a normal mixture of effects against none; N* is the
 * number of users at which the interval is tightest. Here e is averaged over
 * several N*: an average of e-values is an e-value, and one need not know how
 * many users there will be. By Ville's inequality e reaches 1/α with a
 * probability of at most α, so the interval is all effects with e < 1/α, and
 * p = min(1, 1/e) agrees with it.
 *
 * The normal approximation needs some users in each arm: analyses wait for
 * 100 an arm.
 *
 * Sources: Robbins (1970), Statistical methods related to the law of the
 * iterated logarithm; Howard, Ramdas, McAuliffe and Sekhon (2021),
 * Time-uniform, nonparametric, nonasymptotic confidence sequences;
 * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Time-uniform
 * central limit theory and asymptotic confidence sequences.
 *
 * @module
 */

import { increasingRoot } from "./increasing_root.ts";
import { normalLogCdf } from "./normal_distribution.ts";

/** Users at which the parts of the average are tightest. */
export const SEQUENCE_TUNINGS: readonly number[] = [500, 5e3, 5e4, 5e5];

/**
 * Half the width of a two-sided interval, in standard errors: estimate ±
 * multiplier·SE, or Fieller's interval with it.
 *
 * @param users Independent users that the estimate is over: those of both
 * arms for a difference. Fewer than 1 count as 1.
 * @param alpha From 0 to 1, both excluded. Default 0.05.
 * @param tunings The N* to average over.
 *
 * @example
 * ```ts
 * import { sequenceMultiplier } from "./confidence_sequence.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sequenceMultiplier(5000).toFixed(2), "3.32");
 * ```
 */
export function sequenceMultiplier(
  users: number,
  alpha = 0.05,
  tunings: readonly number[] = SEQUENCE_TUNINGS,
): number {
  const information = informations(users, alpha, tunings);
  const target = -Math.log(alpha);
  const count = information.length;
  // What does not depend on z: this runs thousands of times for a page.
  const halfLogs = information.map((phi) => Math.log1p(phi) / 2);
  const widths = information.map((phi) => 2 * (1 + phi));
  // ln e is convex and increasing in z², so Newton's method comes down to the
  // root from any point above it. One part alone already reaches 1/α here:
  let square = Infinity;
  for (let k = 0; k < count; k++) {
    const phi = information[k] ?? 0;
    const reached = (target + Math.log(count) + (halfLogs[k] ?? 0)) * 2 *
      (1 + phi) / phi;
    if (!(reached >= square)) square = reached;
  }
  const parts = halfLogs.slice();
  for (let i = 0; i < 100; i++) {
    let top = -Infinity;
    for (let k = 0; k < count; k++) {
      const part = (information[k] ?? 0) * square / (widths[k] ?? 1) -
        (halfLogs[k] ?? 0);
      parts[k] = part;
      if (!(part <= top)) top = part;
    }
    let sum = 0;
    let slope = 0;
    for (let k = 0; k < count; k++) {
      const weight = Math.exp((parts[k] ?? 0) - top);
      sum += weight;
      slope += weight * (information[k] ?? 0) / (widths[k] ?? 1);
    }
    const error = top + Math.log(sum / count) - target;
    const step = error * sum / slope;
    square -= step;
    if (!(step > 1e-15 * square)) break;
  }
  return Math.sqrt(square);
}

/**
 * The always-valid p-value of a z score: the smallest of all looks so far is
 * a valid p-value as well. At most alpha exactly where |z| reaches
 * {@linkcode sequenceMultiplier} of the same arguments.
 *
 * @example
 * ```ts
 * import { sequencePValue } from "./confidence_sequence.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sequencePValue(0, 5000), 1);
 * assert.ok(sequencePValue(4, 5000) < 0.05);
 * assert.ok(sequencePValue(2, 5000) > 0.05);
 * ```
 */
export function sequencePValue(
  z: number,
  users: number,
  alpha = 0.05,
  tunings: readonly number[] = SEQUENCE_TUNINGS,
): number {
  const parts = informations(users, alpha, tunings)
    .map((phi) => logE(z * z, phi));
  return Math.min(1, Math.exp(-logMean(parts)));
}

/**
 * How far a one-sided bound lies from the estimate, in standard errors:
 * estimate − multiplier·SE is a lower bound, estimate + multiplier·SE an upper
 * one; each holds at every look with confidence 1 − alpha.
 *
 * The mixture runs over positive effects alone, so e is multiplied by
 * 2Φ(z·√(φ/(1 + φ))), and ρ² takes 2α for α.
 *
 * @param alpha From 0 to 0.5, both excluded. Default 0.05.
 */
export function oneSidedSequenceMultiplier(
  users: number,
  alpha = 0.05,
  tunings: readonly number[] = SEQUENCE_TUNINGS,
): number {
  const information = informations(users, 2 * alpha, tunings);
  const target = -Math.log(alpha);
  // e of one side is below twice that of two sides and above it for z > 0.
  let high = sequenceMultiplier(users, alpha, tunings) * 2 + 10;
  const value = (z: number): number =>
    logMean(information.map((phi) => oneSidedLogE(z, phi))) - target;
  while (value(high) < 0) high *= 2;
  return increasingRoot(value, 0, high, 1e-14);
}

/**
 * The always-valid p-value against the alternative that the effect is above
 * 0. For "below 0" pass −z.
 *
 * @param alpha The level that the sequence is tuned for, below 0.5.
 */
export function oneSidedSequencePValue(
  z: number,
  users: number,
  alpha = 0.05,
  tunings: readonly number[] = SEQUENCE_TUNINGS,
): number {
  const parts = informations(users, 2 * alpha, tunings)
    .map((phi) => oneSidedLogE(z, phi));
  return Math.min(1, Math.exp(-logMean(parts)));
}

/** n·ρ² for each N*. */
function informations(
  users: number,
  alpha: number,
  tunings: readonly number[],
): number[] {
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(
      `confidence sequence: alpha must be from 0 to 1 (two-sided) or to 0.5 (one-sided), both excluded; got a level of ${alpha}`,
    );
  }
  const twice = -2 * Math.log(alpha);
  const scale = twice + Math.log1p(twice);
  return tunings.map((tuning) => Math.max(users, 1) * scale / tuning);
}

function logE(square: number, phi: number): number {
  return phi * square / (2 * (1 + phi)) - Math.log1p(phi) / 2;
}

function oneSidedLogE(z: number, phi: number): number {
  return Math.LN2 + normalLogCdf(z * Math.sqrt(phi / (1 + phi))) +
    logE(z * z, phi);
}

/** ln of the mean of exponentials, which may themselves be no doubles. */
function logMean(logs: readonly number[]): number {
  const top = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - top), 0);
  return top + Math.log(sum / logs.length);
}
