import type { ClusteredQuantile } from "../statistics/clustered_quantile.ts";
import { relativeLift } from "../statistics/difference.ts";
import {
  quantileDifference,
  quantileDifferenceZ,
} from "../statistics/quantile_difference.ts";
import type { Comparison } from "./compare.ts";
import type { Testers } from "./tester.ts";

/** Beyond this, which takes a handful of users, no tail is a double. */
export const LARGEST_MULTIPLIER = 37;

/**
 * The difference of a quantile, from the two arms' own intervals: they are not
 * symmetric where a tail is heavy.
 *
 * @param scale The metric's unit for one unit of the sketch.
 * @returns Null where either arm's quantile may be above all its values.
 */
export function quantileEffect(
  control: ClusteredQuantile | null,
  treatment: ClusteredQuantile | null,
  testers: Testers,
  scale: number,
): Pick<Comparison, "absolute" | "relative" | "p"> | null {
  if (
    control === null || treatment === null ||
    testers.always_valid.multiplier > LARGEST_MULTIPLIER
  ) return null;
  const [always, fixed] = [testers.always_valid, testers.fixed].map((
    { multiplier },
  ) => quantileDifference(control, treatment, multiplier));
  const z = quantileDifferenceZ(control, treatment);
  if (!always || !fixed || z === null) return null;
  const lift = relativeLift(control, treatment);
  return {
    absolute: {
      estimate: fixed.value * scale,
      always_valid: {
        lower: always.interval.lower * scale,
        upper: always.interval.upper * scale,
      },
      fixed: {
        lower: fixed.interval.lower * scale,
        upper: fixed.interval.upper * scale,
      },
    },
    relative: lift === null || fixed.relative === null ? null : {
      estimate: lift,
      always_valid: always.relative ?? { lower: null, upper: null },
      fixed: fixed.relative,
    },
    p: {
      always_valid: z === 0 ? 1 : testers.always_valid.pValue(z),
      fixed: z === 0 ? 1 : testers.fixed.pValue(z),
    },
  };
}
