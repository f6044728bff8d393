import { sketchBucket } from "../../../engine/sketch.ts";
import {
  type ClusteredQuantile,
  clusteredQuantile,
  quantileInterval,
} from "../../../engine/statistics/clustered_quantile.ts";
import { sequencePValue } from "../../../engine/statistics/confidence_sequence.ts";
import {
  type Sketch,
  SKETCH_SHARDS,
} from "../../../engine/statistics/flag_statistics.ts";
import { normalQuantile } from "../../../engine/statistics/normal_distribution.ts";
import { quantileDifferenceZ } from "../../../engine/statistics/quantile_difference.ts";
import { sketchRanks } from "../../../engine/statistics/sketch_ranks.ts";
import { type Random, randomOf } from "./random.ts";
import {
  COST_MEDIAN,
  COST_SPREAD,
  simulatedCosts,
  simulatedUser,
} from "./users.ts";

/** A growing distribution of costs, as storage keeps it. */
class SketchTally {
  readonly #cells = new Map<number, number>();

  add(random: Random): void {
    const shard = Math.floor(random.uniform() * SKETCH_SHARDS);
    const { calls } = simulatedUser(random, 0.5);
    for (const cost of simulatedCosts(random, calls)) {
      const cell = sketchBucket(cost) * SKETCH_SHARDS + shard;
      this.#cells.set(cell, (this.#cells.get(cell) ?? 0) + 1);
    }
  }

  sketch(): Sketch {
    const sorted = [...this.#cells].sort(([a], [b]) => a - b);
    return {
      cells: Uint32Array.from(sorted, ([cell]) => cell),
      counts: Float64Array.from(sorted, ([, count]) => count),
    };
  }

  quantile(share: number): ClusteredQuantile {
    const ranks = sketchRanks(this.sketch());
    if (ranks === null) throw new Error("an empty sketch");
    return clusteredQuantile(ranks, share);
  }
}

/** The true quantile of a single call's cost. */
function truth(share: number): number {
  const spread = Math.hypot(COST_SPREAD.between, COST_SPREAD.within);
  return COST_MEDIAN * Math.exp(spread * normalQuantile(share));
}

/** How often a quantile's intervals were right. */
export interface QuantileCoverage {
  /** Of one arm's 95% interval; those without answer are left out. */
  readonly clustered: number;
  /** Of the interval that takes calls for independent. */
  readonly independent: number;
  /** Of the 95% interval of the difference of two equal arms. */
  readonly difference: number;
  /** Replicates that had an interval. */
  readonly answered: number;
}

/** Draws two equal arms again and again. */
export function quantileCoverage(
  share: number,
  users: number,
  replicates: number,
  seed: number,
): QuantileCoverage {
  const z = -normalQuantile(0.025);
  const wanted = truth(share);
  const right = { clustered: 0, independent: 0, difference: 0, answered: 0 };
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = randomOf(seed + replicate);
    const [a, b] = [new SketchTally(), new SketchTally()];
    for (let user = 0; user < users; user++) {
      a.add(random);
      b.add(random);
    }
    const [control, treatment] = [a.quantile(share), b.quantile(share)];
    const interval = quantileInterval(control, z);
    const distance = quantileDifferenceZ(control, treatment);
    if (interval === null || distance === null) continue;
    const loose = quantileInterval({
      ...control,
      rankError: Math.sqrt(share * (1 - share) / control.ranks.count),
    }, z);
    right.answered++;
    if (interval.lower <= wanted && wanted <= interval.upper) {
      right.clustered++;
    }
    if (loose !== null && loose.lower <= wanted && wanted <= loose.upper) {
      right.independent++;
    }
    if (Math.abs(distance) <= z) right.difference++;
  }
  return {
    clustered: right.clustered / right.answered,
    independent: right.independent / right.answered,
    difference: right.difference / right.answered,
    answered: right.answered / replicates,
  };
}

/** False alarms on a quantile of two equal arms at any of several looks. */
export function quantilePeeking(
  share: number,
  users: number,
  looks: number,
  replicates: number,
  seed: number,
): { alwaysValid: number; naive: number } {
  const called = { alwaysValid: 0, naive: 0 };
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = randomOf(seed + replicate);
    const [a, b] = [new SketchTally(), new SketchTally()];
    let alwaysValid = false;
    let naive = false;
    let seen = 0;
    for (let look = 1; look <= looks; look++) {
      const until = Math.max(100, Math.round(users * look / looks));
      for (; seen < until; seen++) {
        a.add(random);
        b.add(random);
      }
      const z = quantileDifferenceZ(a.quantile(share), b.quantile(share));
      if (z === null) continue;
      naive ||= Math.abs(z) > 1.96;
      alwaysValid ||= sequencePValue(z, 2 * seen) <= 0.05;
    }
    called.alwaysValid += alwaysValid ? 1 : 0;
    called.naive += naive ? 1 : 0;
  }
  return {
    alwaysValid: called.alwaysValid / replicates,
    naive: called.naive / replicates,
  };
}
