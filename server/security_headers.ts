/**
 * Where Fresh itself, unlike the adapter, leaves the nonce of the inline
 * script that starts a page's islands: its own `csp()` finds it there.
 */
const FRESH_NONCE = Symbol.for("__freshNonce");

/**
 * Tells browsers what they may do with an answer, and to keep no page. It
 * stands around the whole app, since a middleware does not see the pages that
 * errors are shown on.
 */
export function withSecurityHeaders(response: Response): Response {
  const { headers } = response;
  headers.set("x-content-type-options", "nosniff");
  headers.set("cross-origin-resource-policy", "same-origin");
  if (headers.get("content-type")?.startsWith("text/html")) {
    headers.set("content-security-policy", policyFor(response));
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-opener-policy", "same-origin");
    // Who has signed out, or a proxy between, must not have it.
    headers.set("cache-control", "no-store");
  }
  return response;
}

/** What lets an inline script of this one answer run; null where there is none. */
export function nonceOf(response: Response): string | null {
  const nonce: unknown = Reflect.get(response, FRESH_NONCE);
  return typeof nonce === "string" && /^[\w-]+$/.test(nonce) ? nonce : null;
}

/** Nothing but what this server serves itself may run or be loaded. */
function policyFor(response: Response): string {
  const nonce = nonceOf(response);
  const inline = nonce === null ? "" : ` 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src 'self'${inline}`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}
