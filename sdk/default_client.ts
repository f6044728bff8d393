import type { FlagEvaluation } from "../engine/evaluation.ts";
import type { Flag } from "../engine/flag.ts";
import type { JsonObject } from "../engine/records.ts";
import type { Assignment, PeekResult } from "./assignment.ts";
import type { ClientStats } from "./client_stats.ts";
import { NotInitializedError } from "./errors.ts";
import type { EvalContext } from "./eval_context.ts";
import type { InitOptions } from "./init_options.ts";
import { Modelab } from "./modelab.ts";
import type { ResumedAssignment } from "./resume.ts";

let current: Modelab | null = null;

/**
 * Sets up the client that `assign()` and the other functions use. A client
 * that was set up before sends what it holds, and stops.
 *
 * @throws {InvalidFlagError} When a flag's definition breaks a rule; the
 * client that was set up before stays.
 * @throws {ModelabError} When another option does.
 *
 * @example
 * ```ts
 * import { init, reset } from "./default_client.ts";
 *
 * init({
 *   server: null, // say "http://localhost:8100"; null sends nothing
 *   flags: [{
 *     name: "tone",
 *     variants: [{ name: "formal" }, { name: "casual" }],
 *   }],
 * });
 * await reset();
 * ```
 */
export function init<const Flags extends readonly Flag[]>(
  options: InitOptions<Flags>,
): Modelab<Flags> {
  const next = new Modelab(options);
  void current?.shutdown();
  current = next;
  return next;
}

/**
 * Decides which variant a user gets, and records it. Returns at once: the
 * decision needs no server.
 *
 * @typeParam Config The shape of the flag's configs, which is not checked.
 * @returns Null when the user is outside the rollout.
 * @throws {NotInitializedError} Before `init()`.
 * @throws {FlagNotFoundError} When `init()` was given no such flag.
 *
 * @example
 * ```ts
 * import { assign, init, reset } from "./default_client.ts";
 * import assert from "node:assert/strict";
 *
 * init({
 *   server: null,
 *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
 * });
 * const assignment = assign("tone", { userId: "user_123" });
 * assert.equal(assignment?.variantName, "formal");
 * await reset();
 * ```
 */
export function assign<Config extends JsonObject = JsonObject>(
  flagName: string,
  context: EvalContext,
): Assignment<Config> | null {
  // The caller's word for the shape: no guard can know it.
  return currentClient("assign").assign(flagName, context) as
    | Assignment<Config>
    | null;
}

/**
 * Says which variant a user gets, and records nothing: the user is not
 * counted.
 *
 * @typeParam Config The shape of the flag's configs, which is not checked.
 * @returns Null when the user is outside the rollout.
 * @throws {NotInitializedError} Before `init()`.
 * @throws {FlagNotFoundError} When `init()` was given no such flag.
 *
 * @example
 * ```ts
 * import { init, peek, reset } from "./default_client.ts";
 * import assert from "node:assert/strict";
 *
 * init({
 *   server: null,
 *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
 * });
 * assert.equal(peek("tone", { userId: "user_123" })?.variantName, "formal");
 * await reset();
 * ```
 */
export function peek<Config extends JsonObject = JsonObject>(
  flagName: string,
  context: EvalContext,
): PeekResult<Config> | null {
  // The caller's word for the shape: no guard can know it.
  return currentClient("peek").peek(flagName, context) as
    | PeekResult<Config>
    | null;
}

/**
 * Says later, or in another process, what came of an assignment: its id is
 * enough. Makes no request, and records nothing by itself.
 *
 * @param assignmentId What `assignment.assignmentId` was. An id that the server
 * does not know waits there for its assignment, and counts nowhere.
 * @throws {NotInitializedError} Before `init()`.
 *
 * @example
 * ```ts
 * import { assign, init, reset, resume } from "./default_client.ts";
 *
 * init({
 *   server: null,
 *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
 * });
 * const id = assign("tone", { userId: "user_123" })?.assignmentId ?? "";
 * // Later, when the user has a word:
 * resume(id).markSuccess({ stars: 5 });
 * await reset();
 * ```
 */
export function resume(assignmentId: string): ResumedAssignment {
  return currentClient("resume").resume(assignmentId);
}

/**
 * Asks the server how the variants of a flag do, after sending what waits.
 *
 * @returns Null when the server has no assignment of the flag, or cannot be
 * asked; which of the two is reported to `onError`. It does not reject for
 * that: Python's client raises there.
 * @throws {NotInitializedError} Before `init()`.
 * @throws {FlagNotFoundError} When `init()` was given no such flag.
 *
 * @example
 * ```ts
 * import { evaluate, init, reset } from "./default_client.ts";
 *
 * init({
 *   server: null,
 *   flags: [{ name: "tone", variants: [{ name: "formal" }] }],
 *   onError: (report) => console.log(report.code),
 * });
 * for (const variant of (await evaluate("tone"))?.variants ?? []) {
 *   console.log(variant.variant_name, variant.success_rate);
 * }
 * await reset();
 * ```
 */
export async function evaluate(
  flagName: string,
): Promise<FlagEvaluation | null> {
  return await currentClient("evaluate").evaluate(flagName);
}

/**
 * The client that `init()` made last.
 *
 * @param call The function that asks, for the error's message.
 * @throws {NotInitializedError} Before `init()`.
 *
 * @example
 * ```ts
 * import { currentClient, init, reset } from "./default_client.ts";
 * import assert from "node:assert/strict";
 *
 * const client = init({ server: null });
 * assert.equal(currentClient(), client);
 * await reset();
 * ```
 */
export function currentClient(call = "currentClient"): Modelab {
  if (current === null) throw new NotInitializedError(call);
  return current;
}

/**
 * Sends what waits; without `init()` there is nothing to send.
 *
 * @returns A promise that never rejects. It resolves when every record made
 * before the call is settled; or when time is up, or three attempts failed:
 * the records then stay queued, and `stats()` says how many.
 *
 * @example
 * ```ts
 * import { flush } from "./default_client.ts";
 *
 * await flush();
 * ```
 */
export async function flush(): Promise<void> {
  await current?.flush();
}

/**
 * Sends what waits, then stops: what is left is dropped, and so is whatever
 * is recorded later. Decisions go on.
 *
 * @returns A promise that never rejects.
 *
 * @example
 * ```ts
 * import { shutdown } from "./default_client.ts";
 *
 * await shutdown();
 * ```
 */
export async function shutdown(): Promise<void> {
  await current?.shutdown();
}

/**
 * Forgets the client: `assign()` throws until the next `init()`. What waits
 * is still sent. Made for tests.
 *
 * @returns A promise that resolves when the forgotten client has stopped; it
 * never rejects.
 *
 * @example
 * ```ts
 * import { assign, NotInitializedError, reset } from "../mod.ts";
 * import assert from "node:assert/strict";
 *
 * await reset();
 * assert.throws(() => assign("tone", { userId: "u" }), NotInitializedError);
 * ```
 */
export async function reset(): Promise<void> {
  const last = current;
  current = null;
  await last?.shutdown();
}

/**
 * Where the client's records stand.
 *
 * @throws {NotInitializedError} Before `init()`.
 *
 * @example
 * ```ts
 * import { init, reset, stats } from "./default_client.ts";
 * import assert from "node:assert/strict";
 *
 * init({ server: null });
 * assert.equal(stats().queued, 0);
 * await reset();
 * ```
 */
export function stats(): ClientStats {
  return currentClient("stats").stats();
}
