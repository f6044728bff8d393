import { sequencePValue } from "../../../engine/statistics/confidence_sequence.ts";
import { difference, zScore } from "../../../engine/statistics/difference.ts";
import type { Estimate } from "../../../engine/statistics/estimate.ts";
import { ratioEstimate } from "../../../engine/statistics/ratio_estimate.ts";
import { type Random, randomOf } from "./random.ts";

/** Options of {@linkcode peekWhileUsersGrow}. */
export interface GrowingOptions {
  readonly rate: number;
  /** Between calls of one user; 0 for none. */
  readonly correlation: number;
  /** Of each arm. */
  readonly users: number;
  /** Users join evenly over the first looks: over all, or just at the first. */
  readonly joinOver: number;
  readonly looks: number;
  readonly replicates: number;
  readonly seed: number;
}

/** An arm whose users go on calling. */
class GrowingArm {
  readonly #users: { rate: number; calls: number; successes: number }[] = [];
  #a = 0;
  #b = 0;
  #aa = 0;
  #bb = 0;
  #ab = 0;

  join(rate: number): void {
    this.#users.push({ rate, calls: 0, successes: 0 });
  }

  /** Every user makes one further call, or two, or none. */
  call(random: Random): void {
    for (const user of this.#users) {
      const calls = user.calls === 0 ? 1 : Math.floor(random.uniform() * 3);
      const successes = random.binomial(calls, user.rate);
      this.#aa += 2 * user.successes * successes + successes * successes;
      this.#bb += 2 * user.calls * calls + calls * calls;
      this.#ab += user.successes * calls + successes * user.calls +
        successes * calls;
      this.#a += successes;
      this.#b += calls;
      user.successes += successes;
      user.calls += calls;
    }
  }

  estimate(): Estimate | null {
    return ratioEstimate({
      users: BigInt(this.#users.length),
      numerator: BigInt(this.#a),
      denominator: BigInt(this.#b),
      numeratorSquared: BigInt(this.#aa),
      denominatorSquared: BigInt(this.#bb),
      product: BigInt(this.#ab),
    });
  }
}

/**
 * False alarms on two equal arms at any look, where users go on calling after
 * they have joined: a sequence counts users, and these grow no more.
 */
export function peekWhileUsersGrow(
  options: GrowingOptions,
): { alwaysValid: number; naive: number } {
  const { rate, correlation, users, joinOver, looks, replicates, seed } =
    options;
  const called = { alwaysValid: 0, naive: 0 };
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = randomOf(seed + replicate);
    const own = (): number => {
      if (correlation === 0) return rate;
      const weight = 1 / correlation - 1;
      return random.beta(rate * weight, (1 - rate) * weight);
    };
    const [a, b] = [new GrowingArm(), new GrowingArm()];
    let joined = 0;
    let alwaysValid = false;
    let naive = false;
    for (let look = 1; look <= looks; look++) {
      const until = Math.min(
        users,
        Math.max(100, Math.round(users * look / joinOver)),
      );
      for (; joined < until; joined++) {
        a.join(own());
        b.join(own());
      }
      a.call(random);
      b.call(random);
      const [control, treatment] = [a.estimate(), b.estimate()];
      if (control === null || treatment === null) continue;
      const z = zScore(difference(control, treatment));
      if (z === null) continue;
      naive ||= Math.abs(z) > 1.96;
      alwaysValid ||= sequencePValue(z, 2 * joined) <= 0.05;
    }
    called.alwaysValid += alwaysValid ? 1 : 0;
    called.naive += naive ? 1 : 0;
  }
  return {
    alwaysValid: called.alwaysValid / replicates,
    naive: called.naive / replicates,
  };
}
