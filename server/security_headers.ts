/** Nothing but what this server serves itself may run or be loaded. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/**
 * Tells browsers what they may do with an answer. It stands around the whole
 * app, since a middleware does not see the pages that errors are shown on.
 */
export function withSecurityHeaders(response: Response): Response {
  const { headers } = response;
  headers.set("x-content-type-options", "nosniff");
  if (headers.get("content-type")?.startsWith("text/html")) {
    headers.set("content-security-policy", POLICY);
    headers.set("referrer-policy", "no-referrer");
  }
  return response;
}
