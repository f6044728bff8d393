import type { Estimate } from "./estimate.ts";
import { estimateInterval } from "./estimate_interval.ts";
import type { Interval } from "./interval.ts";
import {
  normalCdf,
  normalQuantile,
  normalUpperTail,
} from "./normal_distribution.ts";
import { tCdf, tQuantile, tUpperTail } from "./t_distribution.ts";

/** Which effects count as evidence against none. */
export type Alternative = "two-sided" | "greater" | "less";

/** Options of every test at one planned time. */
export interface FixedHorizonOptions {
  /**
   * 1 − confidence.
   * @default {0.05}
   */
  readonly alpha?: number;
  /**
   * "greater": the effect is above 0.
   * @default {"two-sided"}
   */
  readonly alternative?: Alternative;
}

/** What {@linkcode fixedHorizonTest} finds. */
export interface FixedHorizonTest {
  /** The effect, as it was given. */
  readonly value: number;
  readonly standardError: number;
  /** Of Student's t, or null for the normal distribution. */
  readonly degreesOfFreedom: number | null;
  /** The interval's half width in standard errors. */
  readonly multiplier: number;
  readonly pValue: number;
  /**
   * value ± multiplier·SE. With a one-sided alternative only the end towards
   * no effect is a bound at 1 − alpha.
   */
  readonly interval: Interval;
}

/**
 * The test that an effect is 0, from its estimate: value/SE against Student's
 * t or the normal distribution, at one time that was chosen before.
 *
 * @param effect A difference, a relative lift, or any other estimate.
 * @param degreesOfFreedom Null for the normal distribution.
 * @returns Null where the standard error is 0.
 *
 * @example
 * ```ts
 * import { fixedHorizonTest } from "./fixed_horizon.ts";
 * import assert from "node:assert/strict";
 *
 * const test = fixedHorizonTest({ value: 0.3, variance: 0.01 }, null);
 * assert.equal(test?.pValue.toFixed(4), "0.0027");
 * ```
 */
export function fixedHorizonTest(
  effect: Pick<Estimate, "value" | "variance">,
  degreesOfFreedom: number | null,
  options: FixedHorizonOptions = {},
): FixedHorizonTest | null {
  const { alpha = 0.05, alternative = "two-sided" } = options;
  if (!(effect.variance > 0)) return null;
  const standardError = Math.sqrt(effect.variance);
  const tail = alternative === "two-sided" ? alpha / 2 : alpha;
  const multiplier = degreesOfFreedom === null
    ? -normalQuantile(tail)
    : -tQuantile(tail, degreesOfFreedom);
  return {
    value: effect.value,
    standardError,
    degreesOfFreedom,
    multiplier,
    pValue: pValueOf(
      effect.value / standardError,
      degreesOfFreedom,
      alternative,
    ),
    interval: estimateInterval(effect, multiplier),
  };
}

function pValueOf(
  statistic: number,
  df: number | null,
  alternative: Alternative,
): number {
  const upper = (x: number): number =>
    df === null ? normalUpperTail(x) : tUpperTail(x, df);
  switch (alternative) {
    case "greater":
      return upper(statistic);
    case "less":
      return df === null ? normalCdf(statistic) : tCdf(statistic, df);
    case "two-sided":
      return 2 * upper(Math.abs(statistic));
  }
}
