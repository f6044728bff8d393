import type { Config } from "./config.ts";
import { sameKey } from "./same_key.ts";
import { hasSession } from "./session.ts";

/** What a request needs in order to be served. */
export type Need = "nothing" | "api key" | "read key";

const OPEN = new Set(["/healthz", "/readyz", "/api/v1/openapi.json"]);
const SIGN_IN = new Set(["/sign-in", "/sign-out"]);

/** Which key a path needs: the read key, unless it is known to need another. */
export function needOf(pathname: string): Need {
  if (OPEN.has(pathname) || SIGN_IN.has(pathname)) return "nothing";
  if (
    pathname === "/api/v1/ingest" || pathname.startsWith("/api/v1/ingest/")
  ) return "api key";
  return "read key";
}

/** Whether a request brings what it needs. */
export function isAllowed(
  request: Request,
  need: Need,
  { apiKey, readKey }: Pick<Config, "apiKey" | "readKey">,
  now: number,
): boolean {
  if (need === "nothing") return true;
  const key = need === "api key" ? apiKey : readKey;
  if (key === null) return true;
  if (sameKey(sentKey(request), key)) return true;
  return need === "read key" && hasSession(request, key, now);
}

/** The key that a request carries; empty when it carries none. */
function sentKey({ headers }: Request): string {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "");
  return headers.get("x-api-key") ?? bearer?.[1] ?? "";
}

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
