const TITLES: { readonly [status: number]: string } = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/**
 * An answer that says what went wrong, as problem details.
 *
 * Source: RFC 9457.
 *
 * @param detail One or two sentences: what was required and what arrived.
 */
export function problem(
  status: number,
  detail: string,
  headers: { readonly [name: string]: string } = {},
): Response {
  return Response.json(
    { type: "about:blank", title: TITLES[status] ?? "Error", status, detail },
    {
      status,
      headers: { ...headers, "content-type": "application/problem+json" },
    },
  );
}

/** Refuses a method, or null when it is one of those that are served. */
export function refuseMethod(
  request: Request,
  allowed: readonly string[],
): Response | null {
  if (allowed.includes(request.method)) return null;
  const list = allowed.join(", ");
  return problem(405, `The method must be ${list}, got ${request.method}`, {
    allow: list,
  });
}
