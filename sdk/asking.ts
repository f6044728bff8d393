import type { Connection } from "../storage/http/connection.ts";
import type { Report } from "../storage/http/report.ts";
import type { FlagSet } from "./flag_set.ts";

/** What `evaluate()` needs of a client. */
export interface Asking {
  /** Null without a server. */
  readonly connection: Connection | null;
  /** Must not throw. */
  readonly report: (report: Report) => void;
  /** @throws {FlagNotFoundError} There is no such flag. */
  readonly find: FlagSet["find"];
}

/**
 * How to ask each client's server. It stands beside the clients, so that
 * `evaluate()` is no method of theirs: an app that never asks does without it.
 */
export const asking = new WeakMap<object, Asking>();
