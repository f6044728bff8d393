/**
 * Whether a request to a server without keys comes from its own machine.
 *
 * A web page that somebody has open can send requests to a loopback address:
 * it then names its own origin, or, where it has made its host's name point
 * here, a foreign host.
 */
export function isLocal(request: Request): boolean {
  const origin = request.headers.get("origin");
  // A page that hides its origin, as a frame in a sandbox does, sends "null".
  return isLocalUrl(request.url) && (origin === null || isLocalUrl(origin));
}

function isLocalUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname.endsWith(".localhost") ||
    hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
