import type { Estimate } from "./estimate.ts";
import { increasingRoot } from "./increasing_root.ts";
import { normalQuantile } from "./normal_distribution.ts";
import { testPower } from "./power.ts";
import { relativeDelta } from "./relative_delta.ts";
import { sequenceMultiplier } from "./confidence_sequence.ts";

/** Further factors beyond this are no plan. */
const LARGEST = 2 ** 27;

/**
 * How much more traffic a test needs: the least k ≥ 0 for which its power
 * reaches the target with 1 + k times the users so far. 0 when it has enough.
 *
 * @param powerAt The power with 1 + k times the users; increases with k.
 * @param target Default 0.8.
 * @returns Null where no k up to 10⁸ is enough.
 *
 * @example
 * ```ts
 * import { trafficFactor } from "./days_left.ts";
 * import { testPower } from "./power.ts";
 * import assert from "node:assert/strict";
 *
 * // A standard error of 1 now, and an effect of 1.4: four times the users.
 * const k = trafficFactor((k) => testPower(1.4, 1 / Math.sqrt(1 + k), 1.96));
 * assert.equal(k?.toFixed(1), "3.0");
 * ```
 */
export function trafficFactor(
  powerAt: (k: number) => number,
  target = 0.8,
): number | null {
  if (powerAt(0) >= target) return 0;
  let high = 1;
  while (powerAt(high) < target) {
    high *= 2;
    if (high > LARGEST) return null;
  }
  const low = high === 1 ? 0 : high / 2;
  return increasingRoot((k) => powerAt(k) - target, low, high, 1e-9);
}

/** Options of {@linkcode daysLeft}. */
export interface DaysLeftOptions {
  readonly control: Estimate;
  readonly treatment: Estimate;
  /** The relative effect that is to be found, as 0.05 for 5%. */
  readonly minimumEffect: number;
  /** New users a day in the two arms together. */
  readonly usersPerDay: number;
  /** @default {0.05} */
  readonly alpha?: number;
  /** @default {0.8} */
  readonly power?: number;
  /**
   * Whether the interval is a confidence sequence, valid at every look.
   * @default {true}
   */
  readonly sequential?: boolean;
}

/** What {@linkcode daysLeft} finds. */
export interface DaysLeft {
  /** Users that are still missing in the two arms together. */
  readonly users: number;
  /** Null when no users come. */
  readonly days: number | null;
}

/**
 * How long until the experiment finds the chosen effect with the chosen
 * power, if users keep coming and spread as they do: the variance of the
 * relative difference falls as 1/(1 + k) with k times more users, and a
 * sequence's multiplier is that of all users by then.
 *
 * @returns Null where the control's value is 0, an arm has no spread yet, or
 * no amount of traffic is enough.
 *
 * @example
 * ```ts
 * import { daysLeft } from "./days_left.ts";
 * import assert from "node:assert/strict";
 *
 * const arm = { users: 500, value: 0.5, variance: 0.0005 };
 * const left = daysLeft({
 *   control: arm,
 *   treatment: arm,
 *   minimumEffect: 0.1,
 *   usersPerDay: 200,
 * });
 * assert.equal(Math.round(left?.days ?? NaN), 30);
 * ```
 */
export function daysLeft(options: DaysLeftOptions): DaysLeft | null {
  const {
    control,
    treatment,
    minimumEffect,
    usersPerDay,
    alpha = 0.05,
    power = 0.8,
    sequential = true,
  } = options;
  const lift = relativeDelta(control, treatment);
  if (lift === null || !(lift.variance > 0) || minimumEffect === 0) return null;
  const fixed = -normalQuantile(alpha / 2);
  const k = trafficFactor((k) =>
    testPower(
      minimumEffect,
      Math.sqrt(lift.variance / (1 + k)),
      sequential ? sequenceMultiplier(lift.users * (1 + k), alpha) : fixed,
    ), power);
  if (k === null) return null;
  const users = Math.ceil(k * lift.users);
  return {
    users,
    days: users === 0 ? 0 : usersPerDay > 0 ? users / usersPerDay : null,
  };
}
