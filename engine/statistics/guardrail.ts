import {
  oneSidedSequenceMultiplier,
  oneSidedSequencePValue,
} from "./confidence_sequence.ts";
import type { Direction } from "./direction.ts";
import { difference } from "./difference.ts";
import type { Estimate } from "./estimate.ts";
import { estimateInterval } from "./estimate_interval.ts";
import { fiellerInterval } from "./fieller_interval.ts";
import type { Interval } from "./interval.ts";
import { normalQuantile, normalUpperTail } from "./normal_distribution.ts";

/** How much worse a metric may get. */
export interface GuardrailMargin {
  /** "relative": a share of the control's size; "absolute": in the metric's unit. */
  readonly kind: "relative" | "absolute";
  /** At least 0. */
  readonly value: number;
}

/** Options of {@linkcode guardrail}. */
export interface GuardrailOptions {
  readonly control: Estimate;
  readonly treatment: Estimate;
  /** Which way the metric is better. */
  readonly direction: Direction;
  readonly margin: GuardrailMargin;
  /**
   * The chance of a wrong pass, and of a wrong fail.
   * @default {0.05}
   */
  readonly alpha?: number;
  /**
   * Whether the verdict holds at every look; else for one planned look.
   * @default {true}
   */
  readonly sequential?: boolean;
}

/** What {@linkcode guardrail} finds. */
export interface GuardrailResult {
  /** "pass": surely within the margin; "fail": surely beyond it. */
  readonly verdict: "pass" | "fail" | "pending";
  /** The difference in the bad direction, on the margin's scale; null when relative to 0. */
  readonly harm: number | null;
  /**
   * Its two one-sided bounds, each at 1 − alpha: a pass has the upper bound
   * below the margin, a fail the lower bound above it. Null where a relative
   * one has no end.
   */
  readonly interval: Interval | null;
  /** Against the hypothesis that the harm is the margin or more. */
  readonly passPValue: number;
  /** Against the hypothesis that the harm is the margin or less. */
  readonly failPValue: number;
}

/**
 * Whether a metric that must not get worse stayed within its margin: the test
 * of non-inferiority, by one-sided confidence sequences.
 *
 * With the harm h = ±(B − A), a relative margin m is tested as h − m·|A|,
 * which is linear in both arms: no ratio, and no answer that contradicts the
 * absolute one.
 *
 * Source: Schuirmann (1987), A comparison of the two one-sided tests
 * procedure and the power approach for assessing the equivalence of average
 * bioavailability.
 *
 * @example
 * ```ts
 * import { guardrail } from "./guardrail.ts";
 * import assert from "node:assert/strict";
 *
 * const arm = { users: 5000, value: 0.9, variance: 0.00001 };
 * const { verdict } = guardrail({
 *   control: arm,
 *   treatment: arm,
 *   direction: "higher",
 *   margin: { kind: "relative", value: 0.02 },
 * });
 * assert.equal(verdict, "pass");
 * ```
 */
export function guardrail(options: GuardrailOptions): GuardrailResult {
  const {
    control,
    treatment,
    direction,
    margin,
    alpha = 0.05,
    sequential = true,
  } = options;
  const sign = direction === "lower" ? 1 : -1;
  const effect = difference(control, treatment);
  const size = Math.abs(control.value);
  const relative = margin.kind === "relative";
  // h − m·|A| = ±B − (±1 + m·sign A)·A
  const factor = relative
    ? sign + margin.value * Math.sign(control.value)
    : sign;
  const excess = sign * effect.value -
    margin.value * (relative ? size : 1);
  const standardError = Math.sqrt(
    treatment.variance + factor * factor * control.variance,
  );
  const pValue = (value: number): number => {
    if (standardError === 0) return value > 0 ? 0 : 1;
    const z = value / standardError;
    return sequential
      ? oneSidedSequencePValue(z, effect.users, alpha)
      : normalUpperTail(z);
  };
  const passPValue = pValue(-excess);
  const failPValue = pValue(excess);
  const multiplier = sequential
    ? oneSidedSequenceMultiplier(effect.users, alpha)
    : -normalQuantile(alpha);
  const bounds = relative
    ? fiellerInterval(control, treatment, multiplier)
    : estimateInterval(effect, multiplier);
  return {
    verdict: passPValue <= alpha
      ? "pass"
      : failPValue <= alpha
      ? "fail"
      : "pending",
    harm: relative
      ? size === 0 ? null : sign * effect.value / size
      : sign * effect.value,
    interval: bounds === null || sign === 1
      ? bounds
      : { lower: -bounds.upper, upper: -bounds.lower },
    passPValue,
    failPValue,
  };
}
