import { ModelabError } from "../../engine/modelab_error.ts";
import type { ResolutionErrorCode } from "./types.ts";

/**
 * A flag could not be resolved. OpenFeature's client reads `code`, gives the
 * caller's default, and hands code and message on in the details.
 *
 * @example
 * ```ts
 * import { ResolutionError } from "./resolution_error.ts";
 * import assert from "node:assert/strict";
 *
 * const error = new ResolutionError("FLAG_NOT_FOUND", "no flag \"tone\"");
 * assert.equal(error.code, "FLAG_NOT_FOUND");
 * ```
 */
export class ResolutionError extends ModelabError {
  /** For telling errors apart across bundles. */
  override name = "ResolutionError";
  /** One of OpenFeature's error codes. */
  readonly code: ResolutionErrorCode;

  /**
   * Says why a flag could not be resolved.
   *
   * @param code One of OpenFeature's error codes.
   * @param message For people.
   */
  constructor(code: ResolutionErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
