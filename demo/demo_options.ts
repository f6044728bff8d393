/** What the command line asks for. */
export interface DemoOptions {
  /** `--users=2000` */
  readonly users: number;
  /** `--once`: a server that the demo started is stopped at the end. */
  readonly once: boolean;
}

/** The command line asks for something that cannot be. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const MAX_USERS = 100_000;

/**
 * Reads the command line.
 *
 * @throws {UsageError} Says what it must be, and what it is.
 */
export function readOptions(args: readonly string[]): DemoOptions {
  let [users, once] = [2000, false];
  for (const arg of args) {
    const [, digits] = /^--users=(\d{1,9})$/.exec(arg) ?? [];
    if (arg === "--once") once = true;
    else if (digits !== undefined) users = Number(digits);
    else throw new UsageError(`Options are --users=N and --once, got ${arg}`);
  }
  if (users < 1 || users > MAX_USERS) {
    throw new UsageError(
      `--users must be from 1 to ${MAX_USERS}, got ${users}`,
    );
  }
  return { users, once };
}
