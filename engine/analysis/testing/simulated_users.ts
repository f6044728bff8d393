import type { TestAssignment, TestCall } from "./statistics_builder.ts";

/** Numbers from 0 to below 1: mulberry32, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of the standard normal distribution, by Box and Muller. */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) *
    Math.cos(2 * Math.PI * random());
}

/** How the users of one variant behave. */
export interface Behaviour {
  /** Chance of a success, on average over users. */
  readonly rate: number;
  /** Chance that an assignment gets no outcome. @default {0} */
  readonly unmarked?: number;
  /** Assignments of a user, on average; at least one. @default {1} */
  readonly assignments?: number;
  /** Median US dollars of a call; null leaves it unknown. @default {0.002} */
  readonly cost?: number | null;
  /** Chance that a call's cost is known. @default {1} */
  readonly costKnown?: number;
  /** Median milliseconds of a call; null leaves it unknown. @default {800} */
  readonly latency?: number | null;
  /** Chance of an error. @default {0.02} */
  readonly errors?: number;
  /** How far users differ: 0 for alike. @default {0.1} */
  readonly spread?: number;
}

/**
 * A user: calls of one user are alike, since user's own rate and own costs
 * differ from those of others.
 */
export function simulatedUser(
  random: () => number,
  behaviour: Behaviour,
): TestAssignment[] {
  const {
    rate,
    unmarked = 0,
    assignments = 1,
    cost = 0.002,
    costKnown = 1,
    latency = 800,
    errors = 0.02,
    spread = 0.1,
  } = behaviour;
  const shift = (random() < 0.5 ? -1 : 1) * spread * Math.min(rate, 1 - rate);
  const own = Math.exp(spread * normal(random));
  const count = 1 + Math.floor(random() * (2 * assignments - 1));
  return Array.from({ length: count }, (): TestAssignment => {
    const call: TestCall = {
      ...(latency === null
        ? {}
        : { latencyMs: latency * own * Math.exp(0.5 * normal(random)) }),
      ...(cost === null || random() >= costKnown
        ? {}
        : { cost: cost * own * Math.exp(0.5 * normal(random)) }),
      inputTokens: 200 + Math.floor(random() * 100),
      outputTokens: 50 + Math.floor(random() * 100),
      error: random() < errors,
    };
    const success = random() < rate + shift;
    return random() < unmarked ? { calls: [call] } : {
      calls: [call],
      outcome: success ? "success" : "failure",
    };
  });
}
