import type { Direction } from "./direction.ts";
import { integrate } from "./gauss_legendre.ts";
import { normalCdf, normalPdf } from "./normal_distribution.ts";
import type { NormalBelief } from "./normal_posterior.ts";

/** Standard deviations to either side; beyond lies less than 1e-16. */
const REACH = 8.5;

/** The trapezoidal rule's step, in those of the narrowest arm: good to 1e-9. */
const STEP = 0.5;

/** With more nodes than this, panels are cheaper. */
const MOST_NODES = 200;

/** Where panels end, in standard deviations of the arm integrated over. */
const OWN = [-REACH, -4, -1.3, 1.3, 4, REACH];

/** In those of a narrower arm, whose distribution function rises there. */
const OTHER = [-6, -2, 0, 2, 6];

/**
 * For each of several independent arms the chance that it is the best:
 *
 * P(i) = ∫ φ_i(x) ∏_{j≠i} Φ((x − μ_j)/σ_j) dx
 *
 * by quadrature, without random numbers: the trapezoidal rule, which is exact
 * to rounding for smooth functions that fade at both ends, with a step that
 * follows the narrowest arm; where one is far narrower than another, panels
 * that follow both. (One Gauss–Hermite rule goes wrong there.)
 *
 * @param arms The posterior of each arm's own value.
 * @param direction Which way the metric is better. Default "higher".
 * @returns As many chances as arms; they sum to 1. Equal arms share.
 *
 * @example
 * ```ts
 * import { chanceToBeBest } from "./chance_to_be_best.ts";
 * import assert from "node:assert/strict";
 *
 * const [a, b, c] = chanceToBeBest([
 *   { mean: 0.50, sd: 0.02 },
 *   { mean: 0.52, sd: 0.02 },
 *   { mean: 0.55, sd: 0.02 },
 * ]);
 * assert.equal(a?.toFixed(3), "0.026");
 * assert.equal(b?.toFixed(3), "0.138");
 * assert.equal(c?.toFixed(3), "0.837");
 * ```
 */
export function chanceToBeBest(
  arms: readonly NormalBelief[],
  direction: Direction = "higher",
): number[] {
  const sign = direction === "higher" ? 1 : -1;
  const spread = floorOf(arms);
  const normals = arms.map(({ mean, sd }) => ({
    mean: sign * mean,
    sd: Math.max(sd, spread),
  }));
  const chances = normals.map((arm, i) => {
    const rivals = normals.filter((_, j) => j !== i);
    if (rivals.length === 0) return 1;
    const density = (x: number): number => {
      let product = normalPdf((x - arm.mean) / arm.sd) / arm.sd;
      for (const { mean, sd } of rivals) {
        product *= normalCdf((x - mean) / sd);
      }
      return product;
    };
    const step = STEP * Math.min(arm.sd, ...rivals.map(({ sd }) => sd));
    return 2 * REACH * arm.sd > MOST_NODES * step
      ? integrate(density, panels(arm, rivals))
      : trapezoid(density, arm.mean, REACH * arm.sd, step);
  });
  // Rounding, and the tails that were cut.
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}

function trapezoid(
  f: (x: number) => number,
  middle: number,
  reach: number,
  step: number,
): number {
  let sum = f(middle);
  for (let x = step; x <= reach; x += step) {
    sum += f(middle - x) + f(middle + x);
  }
  return sum * step;
}

/** An arm that is known exactly is given a spread too small to matter. */
function floorOf(arms: readonly NormalBelief[]): number {
  const scale = Math.max(
    ...arms.map(({ mean, sd }) => Math.max(Math.abs(mean), sd)),
  );
  return scale > 0 ? scale * 1e-12 : 1;
}

function panels(
  arm: NormalBelief,
  rivals: readonly NormalBelief[],
): number[] {
  const lower = arm.mean - REACH * arm.sd;
  const upper = arm.mean + REACH * arm.sd;
  const bounds = OWN.map((z) => arm.mean + z * arm.sd);
  for (const { mean, sd } of rivals) {
    // A rival as wide as the arm is smooth on the arm's own panels.
    if (sd >= arm.sd) continue;
    for (const z of OTHER) {
      const x = mean + z * sd;
      if (x > lower && x < upper) bounds.push(x);
    }
  }
  return bounds.sort((a, b) => a - b);
}
