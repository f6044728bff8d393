import { demand, show } from "../engine/demand.ts";
import type { Connection } from "../storage/http/connection.ts";
import type { Report } from "../storage/http/report.ts";
import type { FlagSet } from "./flag_set.ts";
import type { Recorder } from "./recorder.ts";

/** What functions beside a client need of it. */
export interface ClientParts {
  /** Null without a server. */
  readonly connection: Connection | null;
  /** Must not throw. */
  readonly report: (report: Report) => void;
  /** @throws {FlagNotFoundError} There is no such flag. */
  readonly find: FlagSet["find"];
  /** Takes what happens under its assignments. */
  readonly recorder: Recorder;
}

/**
 * The parts of each client. They stand beside the clients, so that `evaluate()`
 * and its like are no methods of theirs: an app that never asks does without.
 */
export const clientParts = new WeakMap<object, ClientParts>();

/**
 * The parts of a client.
 *
 * @throws {ModelabError} It is none.
 */
export function partsOf(client: unknown): ClientParts {
  const parts = clientParts.get(Object(client));
  demand(
    parts,
    "Cannot use the client: it must be what init() or new Modelab() gave",
    show(client),
  );
  return parts;
}
