/** The statuses that say a request failed. */
export type ErrorStatus =
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 406
  | 407
  | 408
  | 409
  | 410
  | 411
  | 412
  | 413
  | 414
  | 415
  | 416
  | 417
  | 418
  | 421
  | 422
  | 423
  | 424
  | 425
  | 426
  | 428
  | 429
  | 431
  | 451
  | 500
  | 501
  | 502
  | 503
  | 504
  | 505
  | 506
  | 507
  | 508
  | 510
  | 511;

/**
 * An error with the HTTP status it should be answered with.
 *
 * Thrown anywhere under a route it reaches the nearest error page, or else
 * becomes a plain text answer with this status.
 *
 * @example
 * ```ts
 * import { HttpError } from "fresh";
 * import assert from "node:assert/strict";
 *
 * const error = new HttpError(404, "No such flag");
 *
 * assert.equal(error.status, 404);
 * assert.equal(error.message, "No such flag");
 * ```
 */
export class HttpError extends Error {
  /** The status of the answer, from 400 to 511. */
  status: ErrorStatus;

  /**
   * @param status the status of the answer
   * @param message what went wrong, which a client may read
   * @param options the `cause`
   */
  constructor(status: ErrorStatus, message?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = this.constructor.name;
    this.status = status;
  }
}
