import { betaCdf, betaLn, betaUpperTail } from "./beta_distribution.ts";
import { betaQuantile } from "./beta_quantile.ts";
import { integrate } from "./gauss_legendre.ts";
import type { Interval } from "./interval.ts";
import type { ExpectedLoss } from "./normal_posterior.ts";

/** A beta belief about a rate. */
export interface BetaBelief {
  /** Above 0, as b. */
  readonly a: number;
  readonly b: number;
}

/** Jeffreys' prior: equally vague on every scale of the rate. */
export const JEFFREYS: BetaBelief = { a: 0.5, b: 0.5 };

/**
 * The posterior of a rate over independent trials: one trial per user. Where
 * users have several, take the normal posterior of a ratio estimate.
 *
 * @param prior Default Beta(½, ½).
 *
 * @example
 * ```ts
 * import { betaPosterior } from "./beta_posterior.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(betaPosterior(42, 104), { a: 42.5, b: 62.5 });
 * ```
 */
export function betaPosterior(
  successes: number,
  trials: number,
  prior: BetaBelief = JEFFREYS,
): BetaBelief {
  return { a: prior.a + successes, b: prior.b + trials - successes };
}

/** The mean a/(a + b). */
export function betaMean({ a, b }: BetaBelief): number {
  return a / (a + b);
}

/** The central interval that holds 1 − alpha of the posterior. */
export function betaPosteriorInterval(
  { a, b }: BetaBelief,
  alpha = 0.05,
): Interval {
  return {
    lower: betaQuantile(alpha / 2, a, b),
    upper: 1 - betaQuantile(alpha / 2, b, a),
  };
}

/**
 * The chance that the treatment's rate is above the control's: ∫ f_B F_A, by
 * quadrature.
 *
 * @example
 * ```ts
 * import { betaChanceToBeat, betaPosterior } from "./beta_posterior.ts";
 * import assert from "node:assert/strict";
 *
 * const chance = betaChanceToBeat(
 *   betaPosterior(42, 104),
 *   betaPosterior(500, 1009),
 * );
 * assert.equal(chance.toFixed(6), "0.962907");
 * ```
 */
export function betaChanceToBeat(
  control: BetaBelief,
  treatment: BetaBelief,
): number {
  return Math.min(
    1,
    betaExpectation(
      treatment,
      (x) => betaCdf(x, control.a, control.b),
      [control],
    ),
  );
}

/**
 * For each of several independent rates the chance that it is the highest:
 * ∫ f_i ∏_{j≠i} F_j.
 *
 * @returns As many chances as arms; they sum to 1.
 *
 * @example
 * ```ts
 * import { betaChanceToBeBest, betaPosterior } from "./beta_posterior.ts";
 * import assert from "node:assert/strict";
 *
 * const [, second] = betaChanceToBeBest([
 *   betaPosterior(42, 104),
 *   betaPosterior(500, 1009),
 * ]);
 * assert.equal(second?.toFixed(6), "0.962907");
 * ```
 */
export function betaChanceToBeBest(arms: readonly BetaBelief[]): number[] {
  const chances = arms.map((arm, i) => {
    const rivals = arms.filter((_, j) => j !== i);
    return betaExpectation(
      arm,
      (x) => rivals.reduce((all, { a, b }) => all * betaCdf(x, a, b), 1),
      rivals,
    );
  });
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}

/**
 * The central interval that holds 1 − alpha of the difference of two rates,
 * treatment − control.
 */
export function betaDifferenceInterval(
  control: BetaBelief,
  treatment: BetaBelief,
  alpha = 0.05,
): Interval {
  const below = (difference: number): number =>
    betaExpectation(
      control,
      (x) => betaCdf(x + difference, treatment.a, treatment.b),
      [treatment],
      difference,
    );
  const quantile = (p: number): number => {
    let low = -1;
    let high = 1;
    while (high - low > 1e-10) {
      const middle = (low + high) / 2;
      if (below(middle) < p) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return { lower: quantile(alpha / 2), upper: quantile(1 - alpha / 2) };
}

/**
 * E f(p) for a beta distributed p.
 *
 * @param others Distributions that f follows, moved down by `shift`.
 */
function betaExpectation(
  belief: BetaBelief,
  f: (p: number) => number,
  others: readonly BetaBelief[],
  shift = 0,
): number {
  const { a, b } = belief;
  const constant = Math.LN2 - betaLn(a, b);
  // x = sin²θ, so that densities without a bound at 0 or 1 become smooth.
  return integrate((theta) => {
    const lnDensity = constant + (2 * a - 1) * Math.log(Math.sin(theta)) +
      (2 * b - 1) * Math.log(Math.cos(theta));
    return Math.exp(lnDensity) * f(Math.sin(theta) ** 2);
  }, panels([belief, ...others], shift));
}

/**
 * The expected loss of either choice, as a difference of rates: keeping the
 * control loses E max(p_B − p_A, 0) = ∫ F_A(1 − F_B), shipping the treatment
 * ∫ F_B(1 − F_A).
 */
export function betaExpectedLoss(
  control: BetaBelief,
  treatment: BetaBelief,
): ExpectedLoss {
  const bounds = panels([control, treatment]);
  const loss = (low: BetaBelief, high: BetaBelief): number =>
    integrate((theta) => {
      const x = Math.sin(theta) ** 2;
      return betaCdf(x, low.a, low.b) * betaUpperTail(x, high.a, high.b) *
        Math.sin(2 * theta);
    }, bounds);
  return { keep: loss(control, treatment), ship: loss(treatment, control) };
}

/** In θ the beta distribution's spread is 1/(2√(a + b)) at every rate. */
function panels(beliefs: readonly BetaBelief[], shift = 0): number[] {
  const bounds = [0, Math.PI / 2];
  beliefs.forEach((belief, i) => {
    const middle = Math.asin(Math.sqrt(betaMean(belief)));
    const sd = 1 / (2 * Math.sqrt(belief.a + belief.b));
    for (const z of [-9, -5, -2.5, 0, 2.5, 5, 9]) {
      const angle = Math.min(Math.PI / 2, Math.max(0, middle + z * sd));
      // What f follows is moved; the distribution itself is not.
      const x = Math.sin(angle) ** 2 - (i === 0 ? 0 : shift);
      if (x > 0 && x < 1) bounds.push(Math.asin(Math.sqrt(x)));
    }
  });
  return bounds.sort((x, y) => x - y);
}
