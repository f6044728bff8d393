/**
 * What a request needs in order to be served. `read all` is a read key that
 * is not limited to some flags.
 */
export type Need = "nothing" | "ingest" | "read" | "read all" | "admin";

/** What a route needs: for all methods, or for each that it has. */
export type RouteNeeds = Need | { readonly [method: string]: Need };

/**
 * What each route needs, by its pattern. The pattern that was matched decides,
 * never the path: so a path that is written in another way leads nowhere else.
 */
export const NEEDS: { readonly [pattern: string]: RouteNeeds } = {
  "/": "read",
  "/flags/:name*": "read",
  "/sign-in": "nothing",
  "/sign-out": "nothing",
  "/healthz": "nothing",
  "/readyz": "nothing",
  "/metrics": "read all",
  "/api/*": "read",
  "/api/v1/openapi.json": "nothing",
  "/api/v1/ingest": "ingest",
  "/api/v1/ingest/assignments": "ingest",
  "/api/v1/ingest/executions": "ingest",
  "/api/v1/ingest/events": "ingest",
  "/api/v1/flags": "read",
  "/api/v1/flags/*": "read",
  "/api/v1/keys": "admin",
  "/api/v1/keys/:id": "admin",
};

/**
 * What a request needs. A route that nobody has decided on needs an admin's
 * key, and so does a method that its route does not name.
 *
 * @param pattern The route that was matched; null when none was.
 */
export function needOf(pattern: string | null, method: string): Need {
  if (pattern === null) return "read";
  const needs = Object.hasOwn(NEEDS, pattern) ? NEEDS[pattern] : undefined;
  if (typeof needs === "string") return needs;
  // HEAD is answered as GET is.
  const name = method === "HEAD" ? "GET" : method;
  return needs?.[name] ?? "admin";
}
