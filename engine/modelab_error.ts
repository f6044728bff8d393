/**
 * The base of every error that modelab throws: one `catch` serves for all.
 *
 * @example
 * ```ts
 * import { InvalidFlagError, ModelabError } from "./modelab_error.ts";
 * import assert from "node:assert/strict";
 *
 * assert.ok(new InvalidFlagError("no variants") instanceof ModelabError);
 * ```
 */
export class ModelabError extends Error {
  /** For telling errors apart across bundles. */
  override name = "ModelabError";
}

/**
 * A flag's definition breaks a rule; the message says which one, and what
 * arrived.
 *
 * @example
 * ```ts
 * import { InvalidFlagError } from "./modelab_error.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(new InvalidFlagError("no variants").name, "InvalidFlagError");
 * ```
 */
export class InvalidFlagError extends ModelabError {
  /** For telling errors apart across bundles. */
  override name = "InvalidFlagError";
}
