import type { Estimate } from "./estimate.ts";
import type { Interval } from "./interval.ts";

/**
 * The interval of the lift (B − A)/|A| by Fieller's theorem: all lifts that a
 * test with the given multiplier does not reject,
 *
 * {θ: (m_B − θ·m_A)² ≤ c²(V_B + θ²V_A)}, θ = B/A.
 *
 * It holds a lift of 0 exactly when the interval of the difference with the
 * same multiplier holds 0, so the two never contradict each other; the
 * relative delta method can. With a confidence sequence's multiplier it is
 * valid at every look.
 *
 * Source: Fieller (1954), Some problems in interval estimation.
 *
 * @param multiplier c, in standard errors.
 * @returns Null where g = c²V_A/m_A² ≥ 1: the control may then be 0, the set
 * has no end, and only the difference can be reported.
 *
 * @example
 * ```ts
 * import { fiellerInterval } from "./fieller_interval.ts";
 * import assert from "node:assert/strict";
 *
 * const control = { users: 500, value: 10, variance: 0.25 };
 * const lift = fiellerInterval(control, { ...control, value: 12 }, 1.96);
 * assert.equal(lift?.lower.toFixed(3), "0.057");
 * assert.equal(lift?.upper.toFixed(3), "0.366");
 * assert.equal(fiellerInterval({ ...control, value: 0.9 }, control, 1.96), null);
 * ```
 */
export function fiellerInterval(
  control: Estimate,
  treatment: Estimate,
  multiplier: number,
): Interval | null {
  const square = multiplier * multiplier;
  const mean = Math.abs(control.value);
  // V_A/m_A² and V_B/m_A², for both arms in units of the control's mean.
  const a = control.variance / mean / mean;
  const b = treatment.variance / mean / mean;
  const g = square * a;
  // Written so that it also refuses a control of 0.
  if (!(g < 1)) return null;
  // In the lift δ around 0, where (d − δ)² ≤ c²(b + (s + δ)²a) with s the
  // control's sign: nothing cancels where the arms are nearly equal.
  const d = (treatment.value - control.value) / mean;
  const sign = control.value < 0 ? -1 : 1;
  const middle = d + sign * g;
  const root = Math.sqrt(
    Math.max(0, square * (b + a * (sign + d) ** 2 - g * b)),
  );
  return {
    lower: (middle - root) / (1 - g),
    upper: (middle + root) / (1 - g),
  };
}
