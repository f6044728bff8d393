import { sequencePValue } from "../statistics/confidence_sequence.ts";
import type { Estimate } from "../statistics/estimate.ts";
import {
  normalQuantile,
  normalUpperTail,
} from "../statistics/normal_distribution.ts";
import { tQuantile, tUpperTail } from "../statistics/t_distribution.ts";
import { welchDegreesOfFreedom } from "../statistics/welch.ts";
import type { IntervalKind } from "./analysis_options.ts";
import type { Shared } from "./shared.ts";

/** How differences are held against nothing: at every look, or at one. */
export interface Tester {
  /** Half the width of a two-sided interval, in standard errors. */
  readonly multiplier: number;
  /** Two-sided, of a difference in standard errors. */
  readonly pValue: (z: number) => number;
}

/** One of each kind. */
export type Testers = { readonly [kind in IntervalKind]: Tester };

/** The testers of two estimates, variances and users of both known. */
export function testersOf(
  control: Estimate,
  treatment: Estimate,
  { alpha, multiplier }: Shared,
): Testers {
  const users = control.users + treatment.users;
  // Without any variance every difference is infinitely many standard errors.
  const df = welchDegreesOfFreedom(control, treatment) ?? users - 2;
  return {
    always_valid: {
      multiplier: multiplier(users),
      pValue: (z) => sequencePValue(z, users, alpha),
    },
    fixed: {
      multiplier: -tQuantile(alpha / 2, df),
      pValue: (z) => Math.min(1, 2 * tUpperTail(Math.abs(z), df)),
    },
  };
}

/**
 * The testers of two quantiles over so many users. Their intervals widen as
 * Student's t by themselves.
 */
export function quantileTestersOf(
  users: number,
  { alpha, multiplier }: Shared,
): Testers {
  return {
    always_valid: {
      multiplier: multiplier(users),
      pValue: (z) => sequencePValue(z, users, alpha),
    },
    fixed: {
      multiplier: -normalQuantile(alpha / 2),
      pValue: (z) => Math.min(1, 2 * normalUpperTail(Math.abs(z))),
    },
  };
}

/**
 * The two-sided p-value of a value with a variance. Without variance, anything
 * but 0 is certain.
 */
export function pValueOf(
  { pValue }: Tester,
  { value, variance }: Pick<Estimate, "value" | "variance">,
): number {
  if (variance > 0) return pValue(value / Math.sqrt(variance));
  return value === 0 ? 1 : 0;
}
