import { sequenceMultiplier } from "../statistics/confidence_sequence.ts";
import type { Sketch } from "../statistics/flag_statistics.ts";
import { type SketchRanks, sketchRanks } from "../statistics/sketch_ranks.ts";

/** What the metrics of one analysis share: each part is computed once. */
export interface Shared {
  /** 1 − confidence. */
  readonly alpha: number;
  /** A confidence sequence's multiplier for an estimate over so many users. */
  readonly multiplier: (users: number) => number;
  /** A sketch laid out for quantiles; null where it is empty. */
  readonly ranks: (sketch: Sketch) => SketchRanks | null;
}

/** @param alpha 1 − confidence. */
export function sharedAt(alpha: number): Shared {
  return {
    alpha,
    multiplier: once((users: number) => sequenceMultiplier(users, alpha)),
    ranks: once(sketchRanks),
  };
}

function once<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
