import { STATUS_CODES } from "node:http";
import { isClientGone } from "./_client_gone.ts";
import { HttpError } from "./http_error.ts";

/**
 * What a client may read about an error: nothing of an unexpected one.
 *
 * @param error what was thrown
 * @returns the status and the text of the answer
 */
export function publicError(
  error: unknown,
): { status: number; message: string } {
  // Nobody reads this answer.
  if (isClientGone(error)) return { status: 400, message: "Incomplete body" };
  if (!(error instanceof HttpError)) {
    return { status: 500, message: "Internal server error" };
  }
  return {
    status: error.status,
    message: error.message || (STATUS_CODES[error.status] ?? ""),
  };
}
