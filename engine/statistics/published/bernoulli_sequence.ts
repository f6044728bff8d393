import { betaBinomialMixture } from "./beta_binomial_mixture.ts";
import type { Interval } from "../interval.ts";

/** Options of {@linkcode bernoulliSequence}. */
export interface BernoulliSequenceOptions {
  /** 1 − confidence. @default {0.05} */
  readonly alpha?: number;
  /** Trials at which the interval is to be tightest. */
  readonly optimalTrials: number;
  /** The level that this is meant for. @default {0.05} */
  readonly tuningAlpha?: number;
}

/**
 * A confidence sequence for the rate of independent trials without any
 * approximation: all rates p whose beta–binomial mixture stays below 1/alpha.
 * A published reference mode; it holds from the first trial on.
 *
 * Source: Howard, Ramdas, McAuliffe and Sekhon (2021), Time-uniform,
 * nonparametric, nonasymptotic confidence sequences, 4.
 *
 * @example
 * ```ts
 * import { bernoulliSequence } from "./bernoulli_sequence.ts";
 * import assert from "node:assert/strict";
 *
 * const { lower, upper } = bernoulliSequence(700, 1000, { optimalTrials: 100 });
 * assert.equal(lower.toFixed(4), "0.6516");
 * assert.equal(upper.toFixed(4), "0.7459");
 * ```
 */
export function bernoulliSequence(
  successes: number,
  trials: number,
  options: BernoulliSequenceOptions,
): Interval {
  const { alpha = 0.05, optimalTrials, tuningAlpha = 0.05 } = options;
  if (!(trials > 0)) return { lower: 0, upper: 1 };
  const rate = successes / trials;
  const target = -Math.log(alpha);
  const refuses = (p: number): boolean => {
    const variance = p * (1 - p);
    const mixture = betaBinomialMixture(
      { optimalTime: variance * optimalTrials, alpha: tuningAlpha },
      { g: p, h: 1 - p },
      2,
    );
    return mixture((rate - p) * trials, variance * trials) >= target;
  };
  return {
    lower: rate > 0 ? edge(rate, 0, refuses) : 0,
    upper: rate < 1 ? edge(rate, 1, refuses) : 1,
  };
}

/** Where from a kept rate towards an end the refused ones begin. */
function edge(
  kept: number,
  end: 0 | 1,
  refuses: (p: number) => boolean,
): number {
  let inside = kept;
  let outside: number = end;
  for (let i = 0; i < 60; i++) {
    const middle = (inside + outside) / 2;
    if (refuses(middle)) outside = middle;
    else inside = middle;
  }
  return (inside + outside) / 2;
}
