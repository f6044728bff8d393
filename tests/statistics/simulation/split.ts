import { sampleRatioTest } from "../../../engine/statistics/sample_ratio.ts";
import { sequentialSampleRatioPValue } from "../../../engine/statistics/sequential_sample_ratio.ts";
import { randomOf } from "./random.ts";

/** How often a split was called wrong at any look. */
export interface SplitAlarms {
  readonly alwaysValid: number;
  /** By the χ² test at each look. */
  readonly naive: number;
  /** Users at the first always-valid alarm, on average. */
  readonly usersAtAlarm: number;
}

/**
 * Assigns users one by one, and looks every so often.
 *
 * @param shares Where users go.
 * @param weights Where they should go.
 * @param level Of either test.
 */
export function splitAlarms(
  shares: readonly number[],
  weights: readonly number[],
  users: number,
  looks: number,
  level: number,
  replicates: number,
  seed: number,
): SplitAlarms {
  const alarms = { alwaysValid: 0, naive: 0, users: 0 };
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = randomOf(seed + replicate);
    const counts = shares.map(() => 0);
    let alwaysValid = false;
    let naive = false;
    for (let user = 1; user <= users; user++) {
      let at = random.uniform();
      let arm = 0;
      while (arm < shares.length - 1 && at >= (shares[arm] ?? 1)) {
        at -= shares[arm] ?? 0;
        arm++;
      }
      counts[arm] = (counts[arm] ?? 0) + 1;
      if (user % Math.ceil(users / looks) !== 0) continue;
      const test = sampleRatioTest(counts, weights);
      naive ||= test.smallestExpected >= 8 && test.pValue < level;
      if (
        !alwaysValid && sequentialSampleRatioPValue(counts, weights) < level
      ) {
        alwaysValid = true;
        alarms.users += user;
      }
    }
    alarms.alwaysValid += alwaysValid ? 1 : 0;
    alarms.naive += naive ? 1 : 0;
  }
  return {
    alwaysValid: alarms.alwaysValid / replicates,
    naive: alarms.naive / replicates,
    usersAtAlarm: alarms.users / Math.max(1, alarms.alwaysValid),
  };
}
