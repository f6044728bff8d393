import type { Direction } from "./direction.ts";
import { integrate } from "./gauss_legendre.ts";
import { normalCdf, normalPdf } from "./normal_distribution.ts";
import type { NormalBelief } from "./normal_posterior.ts";

/** Where panels end, in standard deviations of the arm integrated over. */
const OWN = [-8.5, -4, -1.3, 1.3, 4, 8.5];

/** In those of another arm, whose distribution function rises there. */
const OTHER = [-6, -2, 0, 2, 6];

/**
 * For each of several independent arms the chance that it is the best:
 *
 * P(i) = ∫ φ_i(x) ∏_{j≠i} Φ((x − μ_j)/σ_j) dx
 *
 * by quadrature, without random numbers. The panels follow the spread of
 * every arm: Gauss–Hermite, one rule over the whole line, goes wrong where
 * one arm is known far better than another.
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
    return integrate(density, panels(arm, rivals));
  });
  // Rounding and the tails beyond 8.5 standard deviations.
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
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
  const lower = arm.mean - 8.5 * arm.sd;
  const upper = arm.mean + 8.5 * arm.sd;
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
