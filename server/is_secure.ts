/**
 * Whether the browser talks to the server over TLS, perhaps through a proxy
 * that says so.
 */
export function isSecure({ url, headers }: Request): boolean {
  return new URL(url).protocol === "https:" ||
    headers.get("x-forwarded-proto") === "https";
}
