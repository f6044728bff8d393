/** What the app itself saw of one variant. */
export interface AppCount {
  users: number;
  executions: number;
  errors: number;
  successes: number;
  failures: number;
  ratings: number;
}

/** The names of the counts. */
export const COUNTS = [
  "users",
  "executions",
  "errors",
  "successes",
  "failures",
  "ratings",
] as const satisfies readonly (keyof AppCount)[];

/** Nothing seen yet. */
export function emptyCount(): AppCount {
  return {
    users: 0,
    executions: 0,
    errors: 0,
    successes: 0,
    failures: 0,
    ratings: 0,
  };
}
