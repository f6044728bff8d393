import {
  oneSidedSequencePValue,
  sequencePValue,
} from "../../../engine/statistics/confidence_sequence.ts";
import { difference, zScore } from "../../../engine/statistics/difference.ts";
import { ratioEstimate } from "../../../engine/statistics/ratio_estimate.ts";
import { randomOf } from "./random.ts";
import { RatioTally, simulatedUser } from "./users.ts";

/** Options of {@linkcode peek}. */
export interface PeekOptions {
  /** The control's success rate. */
  readonly rate: number;
  /** The treatment's. */
  readonly treatmentRate: number;
  /** Of each arm, at the last look. */
  readonly users: number;
  readonly looks: number;
  readonly replicates: number;
  readonly seed: number;
}

/** How often a difference was called, in shares of all replicates. */
export interface Peeked {
  /** At any look, by the always-valid p-value at 5%. */
  readonly alwaysValid: number;
  /** At any look, by the always-valid one-sided p-value at 5%. */
  readonly oneSided: number;
  /** At any look, by |z| > 1.96. */
  readonly naive: number;
  /** At the last look alone, by |z| > 1.96: the fixed-horizon test. */
  readonly fixed: number;
  /** Where the always-valid one called it: users of each arm, on average. */
  readonly usersAtCall: number;
}

/** An arm is tested from so many users on, as the analysis does. */
const GATE = { users: 100, outcomes: 10n } as const;

/**
 * Watches an experiment at every look. Looks are spread evenly from the first
 * that has 100 users an arm to the last.
 */
export function peek(options: PeekOptions): Peeked {
  const { rate, treatmentRate, users, looks, replicates, seed } = options;
  const called = { alwaysValid: 0, oneSided: 0, naive: 0, fixed: 0, at: 0 };
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = randomOf(seed + replicate);
    const arms = [rate, treatmentRate].map((of) => ({
      of,
      tally: new RatioTally(),
    }));
    const found = { alwaysValid: 0, oneSided: 0, naive: 0, fixed: 0 };
    let seen = 0;
    for (let look = 0; look < looks; look++) {
      const until = Math.round(
        GATE.users + (users - GATE.users) * look / Math.max(1, looks - 1),
      );
      for (; seen < until; seen++) {
        for (const { of, tally } of arms) {
          const { calls, successes } = simulatedUser(random, of);
          tally.add(successes, calls);
        }
      }
      const z = zOf(arms.map(({ tally }) => tally));
      if (z === null) continue;
      const naive = Math.abs(z) > 1.96;
      if (naive) found.naive = 1;
      if (look === looks - 1 && naive) found.fixed = 1;
      if (found.alwaysValid === 0 && sequencePValue(z, 2 * seen) <= 0.05) {
        found.alwaysValid = 1;
        called.at += seen;
      }
      if (oneSidedSequencePValue(z, 2 * seen) <= 0.05) found.oneSided = 1;
    }
    called.alwaysValid += found.alwaysValid;
    called.oneSided += found.oneSided;
    called.naive += found.naive;
    called.fixed += found.fixed;
  }
  return {
    alwaysValid: called.alwaysValid / replicates,
    oneSided: called.oneSided / replicates,
    naive: called.naive / replicates,
    fixed: called.fixed / replicates,
    usersAtCall: called.at / Math.max(1, called.alwaysValid),
  };
}

function zOf(tallies: readonly RatioTally[]): number | null {
  const [a, b] = tallies;
  if (a === undefined || b === undefined) return null;
  for (const tally of tallies) {
    const failures = tally.denominator - tally.numerator;
    if (tally.numerator < GATE.outcomes || failures < GATE.outcomes) {
      return null;
    }
  }
  const [control, treatment] = [ratioEstimate(a), ratioEstimate(b)];
  return control === null || treatment === null
    ? null
    : zScore(difference(control, treatment));
}
