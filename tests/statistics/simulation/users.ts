import type { Random } from "./random.ts";

/** The part of the variance between calls that lies between users. */
const CORRELATION = 0.25;

/** Calls of a user on average: 1 + Poisson(8). */
const FURTHER_CALLS = 8;

/** What one simulated user does. */
export interface SimulatedUser {
  readonly calls: number;
  readonly successes: number;
}

/**
 * A user with nine calls on average, whose own success rate is beta
 * distributed around the given one with an intra-user correlation of 25%.
 */
export function simulatedUser(random: Random, rate: number): SimulatedUser {
  const calls = 1 + random.poisson(FURTHER_CALLS);
  const weight = 1 / CORRELATION - 1;
  const own = random.beta(rate * weight, (1 - rate) * weight);
  return { calls, successes: random.binomial(calls, own) };
}

/** Spread of the logarithm of a cost, between users and within one. */
export const COST_SPREAD = { between: 0.6, within: 1 } as const;

/** The mean cost of a call, in 10⁻⁹ dollars. */
export const COST_MEDIAN = 2e6;

/** What a user's calls cost, each lognormal around the user's own level. */
export function simulatedCosts(random: Random, calls: number): number[] {
  const level = Math.log(COST_MEDIAN) + COST_SPREAD.between * random.normal();
  return Array.from(
    { length: calls },
    () => Math.round(Math.exp(level + COST_SPREAD.within * random.normal())),
  );
}

/** The true mean cost of a call. */
export const COST_MEAN = COST_MEDIAN *
  Math.exp((COST_SPREAD.between ** 2 + COST_SPREAD.within ** 2) / 2);

/** Adds up two totals per user: the exact sums of a ratio estimate. */
export class RatioTally {
  users = 0n;
  numerator = 0n;
  denominator = 0n;
  numeratorSquared = 0n;
  denominatorSquared = 0n;
  product = 0n;

  /** @param a Integer totals of one user, as b. */
  add(a: number, b: number): void {
    const [x, y] = [BigInt(a), BigInt(b)];
    this.users += 1n;
    this.numerator += x;
    this.denominator += y;
    this.numeratorSquared += x * x;
    this.denominatorSquared += y * y;
    this.product += x * y;
  }
}
