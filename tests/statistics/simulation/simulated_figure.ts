import { betaCdf } from "../../../engine/statistics/beta_distribution.ts";

/** One simulated figure, and where it must lie. */
export interface SimulatedFigure {
  readonly label: string;
  /** A share, unless `trials` is null. */
  readonly value: number;
  /** Independent replicates behind a share. */
  readonly trials: number | null;
  /** The least it may truly be. @default {none} */
  readonly min?: number;
  /** The most. @default {none} */
  readonly max?: number;
}

/** A simulation: its title, and what it finds. */
export interface SimulationCheck {
  readonly title: string;
  /** @param replicates How many to draw: more, and the figures are sharper. */
  run(replicates: number): readonly SimulatedFigure[];
}

/** A share is out of place when chance alone brings it there this seldom. */
const SELDOM = 0.001;

/**
 * Whether a figure lies where it must: of a share, whether the replicates can
 * well have come from one that does, by the exact binomial tail.
 */
export function isRight({ value, trials, min, max }: SimulatedFigure): boolean {
  if (trials === null) {
    return (min === undefined || value >= min) &&
      (max === undefined || value <= max);
  }
  const count = Math.round(value * trials);
  // P(X ≤ count) under `min`, and P(X ≥ count) under `max`.
  return (min === undefined || count >= trials ||
    betaCdf(1 - min, trials - count, count + 1) >= SELDOM) &&
    (max === undefined || count <= 0 ||
      betaCdf(max, count, trials - count + 1) >= SELDOM);
}
