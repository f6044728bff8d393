/**
 * What a request needs in order to be served. `read all` is a read key that
 * is not limited to some flags.
 */
export type Need = "nothing" | "ingest" | "read" | "read all" | "admin";

/** What a route needs, for each method that it has; HEAD is as GET. */
export type RouteNeeds = { readonly [method: string]: Need };

/**
 * What each route needs, by its pattern. The pattern that was matched decides,
 * never the path: so a path that is written in another way leads nowhere else.
 */
export const NEEDS: { readonly [pattern: string]: RouteNeeds } = {
  "/": { GET: "read" },
  "/flags/:name*": { GET: "read" },
  "/records/:name*": { GET: "read" },
  "/assignments/:id*": { GET: "read" },
  "/trends/:name*": { GET: "read" },
  "/distributions/:name*": { GET: "read" },
  "/health/:name*": { GET: "read" },
  "/setup/:name*": { GET: "read" },
  "/sign-in": { GET: "nothing", POST: "nothing" },
  "/sign-out": { POST: "nothing" },
  "/healthz": { GET: "nothing" },
  "/readyz": { GET: "nothing" },
  "/metrics": { GET: "read all" },
  "/api/v1/openapi.json": { GET: "nothing" },
  "/api/v1/ingest": { POST: "ingest" },
  "/api/v1/ingest/assignments": { POST: "ingest" },
  "/api/v1/ingest/executions": { POST: "ingest" },
  "/api/v1/ingest/events": { POST: "ingest" },
  "/api/v1/overview": { GET: "read" },
  "/api/v1/news": { GET: "read" },
  "/api/v1/flags": { GET: "read" },
  "/api/v1/flags/*": { GET: "read" },
  "/api/v1/archive": { POST: "admin" },
  "/api/v1/delete": { POST: "admin" },
  "/api/v1/export": { GET: "read" },
  "/api/v1/erase": { POST: "admin" },
  "/api/v1/keys": { GET: "admin", POST: "admin" },
  "/api/v1/keys/:id": { DELETE: "admin" },
};

/** Answers what is not there, and so under every method. */
const NOT_FOUND = "/api/*";

/**
 * What a request needs, or the methods that its route has where its own is
 * none of them. A route that nobody has decided on needs an admin's key.
 *
 * @param pattern The route that was matched; null when none was.
 */
export function needOf(
  pattern: string | null,
  method: string,
): Need | readonly string[] {
  if (pattern === null || pattern === NOT_FOUND) return "read";
  const needs = Object.hasOwn(NEEDS, pattern) ? NEEDS[pattern] : undefined;
  if (needs === undefined) return "admin";
  const own = method === "HEAD" ? "GET" : method;
  const need = Object.hasOwn(needs, own) ? needs[own] : undefined;
  return need ??
    Object.keys(needs).flatMap((m) => m === "GET" ? ["GET", "HEAD"] : [m]);
}
