import type { TestAssignment, TestCall } from "./statistics_builder.ts";

/** A figure and its standard error. */
export interface ReferenceFigure {
  readonly value: number;
  readonly standardError: number;
}

interface UserTotals {
  readonly above: number;
  readonly below: number;
}

const CALLS = (user: readonly TestAssignment[]): readonly TestCall[] =>
  user.flatMap(({ calls = [] }) => calls);
const count = (
  user: readonly TestAssignment[],
  outcome: TestAssignment["outcome"],
): number => user.filter((one) => one.outcome === outcome).length;

function known(
  user: readonly TestAssignment[],
  figure: (call: TestCall) => number | undefined,
): UserTotals {
  const values = CALLS(user).map(figure).filter((one) => one !== undefined);
  return { above: sum(values), below: values.length };
}

function eventsOf(
  user: readonly TestAssignment[],
  name: string,
): readonly { readonly value?: number }[] {
  return user.flatMap(({ events = [] }) => events)
    .filter((event) => event.name === name);
}

/** What each metric divides, for one user, from the user's own records. */
const TOTALS: {
  readonly [metric: string]: (
    user: readonly TestAssignment[],
    event: string,
  ) => UserTotals;
} = {
  success_rate: (user) => ({
    above: count(user, "success"),
    below: count(user, "success") + count(user, "failure"),
  }),
  success_per_assignment: (user) => ({
    above: count(user, "success"),
    below: user.length,
  }),
  error_rate: (user) => ({
    above: CALLS(user).filter(({ error }) => error === true).length,
    below: CALLS(user).length,
  }),
  latency_mean: (user) => known(user, ({ latencyMs }) => latencyMs),
  ttft_mean: (user) => known(user, ({ ttftMs }) => ttftMs),
  cost_per_call: (user) => known(user, ({ cost }) => cost),
  cost_per_user: (user) => ({
    above: known(user, ({ cost }) => cost).above,
    below: 1,
  }),
  cost_per_success: (user) => ({
    above: known(user, ({ cost }) => cost).above,
    below: count(user, "success"),
  }),
  input_tokens: (user) => known(user, ({ inputTokens }) => inputTokens),
  output_tokens: (user) => known(user, ({ outputTokens }) => outputTokens),
  event_rate: (user, event) => ({
    above: user.filter((one) => eventsOf([one], event).length > 0).length,
    below: user.length,
  }),
  event_per_user: (user, event) => ({
    above: eventsOf(user, event).length,
    below: 1,
  }),
  event_value: (user, event) => {
    const values = eventsOf(user, event).map(({ value }) => value)
      .filter((value) => value !== undefined);
    return { above: sum(values), below: values.length };
  },
};

/** The metrics that have a reference, custom events without their name. */
export const REFERENCE_METRICS = Object.keys(TOTALS);

/**
 * A metric computed from users' own records in plain floats, another way than
 * the engine does: the ratio of sums, and the spread of what it leaves of each
 * user, Σ(a − R·b)².
 */
export function perUserFigure(
  metric: string,
  users: readonly (readonly TestAssignment[])[],
): ReferenceFigure | null {
  const [kind = "", event = ""] = metric.split(":");
  const read = TOTALS[kind];
  if (read === undefined) return null;
  const totals = users.map((user) => read(user, event));
  const below = sum(totals.map((one) => one.below));
  if (below === 0) return null;
  const value = sum(totals.map((one) => one.above)) / below;
  const squares = sum(
    totals.map((one) => (one.above - value * one.below) ** 2),
  );
  return {
    value,
    standardError: Math.sqrt(
      squares * users.length / (users.length - 1),
    ) / below,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
