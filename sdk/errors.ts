import { ModelabError } from "../engine/modelab_error.ts";

/**
 * `assign()` or `evaluate()` was called before `init()`, or after `reset()`.
 *
 * @example
 * ```ts
 * import { NotInitializedError } from "./errors.ts";
 * import assert from "node:assert/strict";
 *
 * assert.match(new NotInitializedError("assign").message, /init\(\)/);
 * ```
 */
export class NotInitializedError extends ModelabError {
  /** For telling errors apart across bundles. */
  override name = "NotInitializedError";

  /**
   * Names the function that was called too early.
   *
   * @param call Its name, without parentheses.
   */
  constructor(call: string) {
    super(`Cannot call ${call}(): init() must be called first`);
  }
}

/**
 * No flag of that name was given to `init()`.
 *
 * @example
 * ```ts
 * import { FlagNotFoundError } from "./errors.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(new FlagNotFoundError("tone").flagName, "tone");
 * ```
 */
export class FlagNotFoundError extends ModelabError {
  /** For telling errors apart across bundles. */
  override name = "FlagNotFoundError";
  /** The name that was asked for. */
  readonly flagName: string;

  /**
   * Names the flag that was asked for.
   *
   * @param flagName As it was asked for.
   */
  constructor(flagName: string) {
    super(`Flag not found: ${JSON.stringify(flagName)}`);
    this.flagName = flagName;
  }
}
