import { trace } from "@opentelemetry/api";
import { log } from "./log.ts";
import type { Config } from "./config.ts";
import type { Metrics } from "./metrics.ts";

/** What is known of a request that is under way. */
export interface RequestNote {
  readonly id: string;
  /** The pattern that was matched; null when none was. */
  route: string | null;
  /** The id of the key that it came with. */
  access: string | null;
}

const notes: WeakMap<Request, RequestNote> = new WeakMap();

/** The note of a request. */
export function noteOf(request: Request): RequestNote {
  let note = notes.get(request);
  if (note === undefined) {
    note = { id: requestId(request), route: null, access: null };
    notes.set(request, note);
  }
  return note;
}

/**
 * Counts what a handler answers, names each request in `X-Request-Id`, and
 * logs it when that is asked for: its route and never its path, which names
 * flags.
 */
export function observed(
  handler: Deno.ServeHandler,
  metrics: Metrics,
  config: Pick<Config, "log">,
): Deno.ServeHandler {
  return async (request, info) => {
    const start = performance.now();
    const note = noteOf(request);
    const response = await handler(request, info);
    // Deno has begun the span; it does not know of routes.
    const span = trace.getActiveSpan();
    const milliseconds = performance.now() - start;
    const route = note.route ?? "none";
    const method = METHODS.has(request.method) ? request.method : "other";
    span?.updateName(`${method} ${route}`);
    span?.setAttributes({
      "http.route": route,
      "modelab.request_id": note.id,
      "modelab.key": note.access ?? "none",
    });
    metrics.requests.add([route, method, String(response.status)]);
    metrics.requestSeconds.observe([route], milliseconds / 1000);
    if (config.log === "requests") {
      log("info", "request", {
        request_id: note.id,
        method,
        route,
        status: response.status,
        ms: Math.round(milliseconds * 10) / 10,
        key: note.access,
      });
    }
    response.headers.set("x-request-id", note.id);
    return response;
  };
}

const METHODS = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
]);

/** The id that a proxy has given it, or one of its own. */
function requestId({ headers }: Request): string {
  const given = headers.get("x-request-id") ?? "";
  return /^[\w-]{1,64}$/.test(given) ? given : crypto.randomUUID();
}
