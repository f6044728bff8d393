import { normalCdf, normalQuantile } from "../normal_distribution.ts";

/** Options of {@linkcode proportionsPower}. */
export interface ProportionsPowerOptions {
  /** The rate under the control. */
  readonly control: number;
  /** Under the treatment. */
  readonly treatment: number;
  /** @default {0.05} */
  readonly alpha?: number;
  /** @default {2} */
  readonly sides?: 1 | 2;
}

/**
 * The power of the test of two rates that pools their variance, with one
 * trial per user and equal arms: a published reference mode (R's
 * power.prop.test).
 *
 * Φ((√n·|p_B − p_A| − z·√(2p̄(1 − p̄)))/√(p_A(1 − p_A) + p_B(1 − p_B)))
 *
 * Source: Fleiss, Levin and Paik (2003), Statistical methods for rates and
 * proportions, 4.
 *
 * @param users Of each arm.
 *
 * @example
 * ```ts
 * import { proportionsPower } from "./proportions_power.ts";
 * import assert from "node:assert/strict";
 *
 * const power = proportionsPower(50, { control: 0.5, treatment: 0.75 });
 * assert.equal(power.toFixed(6), "0.740166");
 * ```
 */
export function proportionsPower(
  users: number,
  options: ProportionsPowerOptions,
): number {
  const { control: a, treatment: b, alpha = 0.05, sides = 2 } = options;
  const z = -normalQuantile(alpha / sides);
  const mean = (a + b) / 2;
  const spread = Math.sqrt(a * (1 - a) + b * (1 - b));
  return normalCdf(
    (Math.sqrt(users) * Math.abs(b - a) -
      z * Math.sqrt(2 * mean * (1 - mean))) / spread,
  );
}

/**
 * The users of each arm with which {@linkcode proportionsPower} reaches a
 * power: not rounded.
 *
 * @throws {RangeError} When the rates are equal.
 */
export function proportionsSampleSize(
  power: number,
  options: ProportionsPowerOptions,
): number {
  const { control: a, treatment: b, alpha = 0.05, sides = 2 } = options;
  if (a === b) {
    throw new RangeError(
      `proportionsSampleSize: the rates must differ, got ${a} twice`,
    );
  }
  const z = -normalQuantile(alpha / sides);
  const mean = (a + b) / 2;
  const root = z * Math.sqrt(2 * mean * (1 - mean)) +
    normalQuantile(power) * Math.sqrt(a * (1 - a) + b * (1 - b));
  return (root / (b - a)) ** 2;
}
