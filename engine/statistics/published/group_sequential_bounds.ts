import { integrate } from "../gauss_legendre.ts";
import {
  normalPdf,
  normalQuantile,
  normalUpperTail,
} from "../normal_distribution.ts";

/**
 * How much of a level may be spent by an information fraction t from 0 to 1:
 * 0 at 0, and the whole level at 1.
 */
export type SpendingFunction = (t: number, level: number) => number;

/** 2(1 − Φ(z_{level/2}/√t)): almost nothing at first (O'Brien–Fleming type). */
export function obrienFlemingSpending(t: number, level: number): number {
  if (t <= 0) return 0;
  return 2 *
    normalUpperTail(-normalQuantile(level / 2) / Math.sqrt(Math.min(t, 1)));
}

/** level·ln(1 + (e − 1)t): about the same at every look (Pocock type). */
export function pocockSpending(t: number, level: number): number {
  return level * Math.log1p((Math.E - 1) * Math.min(Math.max(t, 0), 1));
}

/** level·t^power; Spotify's Confidence takes 2. */
export function powerSpending(power: number): SpendingFunction {
  return (t, level) => level * Math.min(Math.max(t, 0), 1) ** power;
}

/** Options of {@linkcode groupSequentialBounds}. */
export interface GroupSequentialOptions {
  /** Information fractions of all looks so far, ascending, above 0 up to 1. */
  readonly times: readonly number[];
  /** @default {0.05} */
  readonly alpha?: number;
  /** @default {obrienFlemingSpending} */
  readonly spending?: SpendingFunction;
  /**
   * With 2, each side spends alpha/2, and the bounds are symmetric.
   * @default {2}
   */
  readonly sides?: 1 | 2;
}

/** Beyond this a bound is cut: its tail is below 1e-15. */
const LARGEST = 8;

/**
 * The bounds on |z| (on z, with one side) at each look of a group-sequential
 * test by alpha spending: a published reference mode. It needs the final
 * sample size before the first look; a confidence sequence does not.
 *
 * The chance to cross at look k and not before is computed by carrying the
 * density of the score process from look to look.
 *
 * Sources: Lan and DeMets (1983), Discrete sequential boundaries for clinical
 * trials; Armitage, McPherson and Rowe (1969), Repeated significance tests on
 * accumulating data.
 *
 * @throws {RangeError} When the times do not ascend from above 0 to at most 1.
 *
 * @example
 * ```ts
 * import { groupSequentialBounds } from "./group_sequential_bounds.ts";
 * import assert from "node:assert/strict";
 *
 * const bounds = groupSequentialBounds({ times: [0.2, 0.4, 0.6, 0.8, 1] });
 * assert.deepEqual(
 *   bounds.map((z) => z.toFixed(3)),
 *   ["4.877", "3.357", "2.680", "2.290", "2.031"],
 * );
 * ```
 */
export function groupSequentialBounds(
  options: GroupSequentialOptions,
): number[] {
  const {
    times,
    alpha = 0.05,
    spending = obrienFlemingSpending,
    sides = 2,
  } = options;
  checkTimes(times);
  const level = alpha / sides;
  const bounds: number[] = [];
  /** Density of z·√t where no bound has been crossed. */
  let density = (_s: number): number => 0;
  let reach = { lower: 0, upper: 0 };
  let before = 0;
  let spent = 0;
  for (const [k, time] of times.entries()) {
    const sd = Math.sqrt(time - before);
    const target = sides * (spending(time, level) - spent);
    const from = density;
    const { lower, upper } = reach;
    const panels = cut(lower, upper, sd);
    const crossing = (z: number): number => {
      const c = z * Math.sqrt(time);
      const tails = (s: number): number =>
        normalUpperTail((c - s) / sd) +
        (sides === 2 ? normalUpperTail((c + s) / sd) : 0);
      return k === 0 ? tails(0) : integrate((s) => from(s) * tails(s), panels);
    };
    const bound = solve(crossing, target);
    bounds.push(bound);
    const c = bound * Math.sqrt(time);
    reach = { lower: sides === 2 ? -c : -LARGEST * Math.sqrt(time), upper: c };
    density = tabulate(
      k === 0
        ? (s) => normalPdf(s / sd) / sd
        : (s) =>
          integrate((r) => from(r) * normalPdf((s - r) / sd) / sd, panels),
    );
    before = time;
    spent = spending(time, level);
  }
  return bounds;
}

function checkTimes(times: readonly number[]): void {
  let before = 0;
  for (const time of times) {
    if (!(time > before && time <= 1)) {
      throw new RangeError(
        `groupSequentialBounds: times must ascend from above 0 to at most 1, got ${times}`,
      );
    }
    before = time;
  }
}

/** Panels no wider than the next step's spread. */
function cut(lower: number, upper: number, sd: number): number[] {
  const count = Math.max(2, Math.ceil((upper - lower) / Math.min(1, 2 * sd)));
  return Array.from(
    { length: count + 1 },
    (_, i) => lower + (upper - lower) * i / count,
  );
}

/** The z at which a decreasing probability falls to a target. */
function solve(crossing: (z: number) => number, target: number): number {
  let low = -LARGEST;
  let high = LARGEST;
  while (high - low > 1e-10) {
    const middle = (low + high) / 2;
    if (crossing(middle) > target) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * A function that is only ever asked at the nodes of {@linkcode integrate}
 * over the same panels: each is computed once.
 */
function tabulate(
  f: (s: number) => number,
): (s: number) => number {
  const known = new Map<number, number>();
  return (s) => {
    const found = known.get(s);
    if (found !== undefined) return found;
    const value = f(s);
    known.set(s, value);
    return value;
  };
}
