import type { Assignment } from "../assignment.ts";

/** The latest assignment of each flag, for the users that came last. */
export class Exposures {
  readonly #users = new Map<string, Map<string, Assignment>>();
  readonly #maxUsers: number;

  constructor(maxUsers: number) {
    this.#maxUsers = maxUsers;
  }

  add(userId: string, assignment: Assignment): void {
    const flags = this.#users.get(userId) ?? new Map<string, Assignment>();
    // The last come, the last to go.
    this.#users.delete(userId);
    this.#users.set(userId, flags.set(assignment.flagName, assignment));
    if (this.#users.size <= this.#maxUsers) return;
    for (const oldest of this.#users.keys()) {
      this.#users.delete(oldest);
      break;
    }
  }

  /** All of a user's assignments, or that of one flag. */
  of(userId: string, flagName?: string): Assignment[] {
    const flags = this.#users.get(userId);
    if (flags === undefined) return [];
    if (flagName === undefined) return [...flags.values()];
    const one = flags.get(flagName);
    return one === undefined ? [] : [one];
  }
}
