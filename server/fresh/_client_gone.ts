/**
 * Whether an error is what reading a request's body throws when its client
 * has gone. The request's signal does not tell: it aborts only later.
 *
 * A connection that was reset makes an `Http`; one that was closed makes a
 * `BadResource`, as do files and databases that were closed, so that the
 * message must tell.
 *
 * @param error what was thrown
 */
export function isClientGone(error: unknown): boolean {
  if (error instanceof Deno.errors.Http) return true;
  return error instanceof Deno.errors.BadResource &&
    /^Cannot read (request )?body /.test(error.message);
}
