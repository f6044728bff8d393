import { integerFrom, seededRandom } from "./random.ts";

/** The questions of one customer. */
export const QUESTIONS = { least: 2, most: 5 } as const;
/** The part of the customers who say whether their problem was solved. */
export const ANSWER_RATE = 0.9;
const RATING_RATE = 0.4;

/** Somebody who asks, and what they will say in the end. */
export interface Customer {
  readonly id: string;
  readonly sessionId: string;
  /** The seed of each question: it decides how the call goes. */
  readonly questions: readonly number[];
  /** What they say of a reply that solves this part of all problems. */
  solved(rate: number): boolean | null;
  /** Stars from 1 to 5, or null from those who give none. */
  readonly rating: number | null;
}

/** The customer of a number: the same one in every run. */
export function customerOf(n: number): Customer {
  const random = seededRandom(n);
  const count = integerFrom(random, QUESTIONS);
  const answers = random() < ANSWER_RATE;
  const patience = random();
  const rates = random() < RATING_RATE;
  const stars = integerFrom(random, { least: 1, most: 5 });
  return {
    id: `customer-${n}`,
    sessionId: `session-${n}`,
    questions: Array.from({ length: count }, (_, at) => n * 100 + at),
    solved: (rate) => answers ? patience < rate : null,
    rating: rates ? stars : null,
  };
}
