import type { RouteConfig } from "fresh";
import { define } from "../../server/define.ts";
import { problem } from "../../server/problem.ts";

// With a slash at the end, too.
export const config: RouteConfig = { routeOverride: "/api/*" };

export const handler = define.handlers((ctx) =>
  problem(
    404,
    `The path must be one that /api/v1/openapi.json describes, got ${ctx.url.pathname}`,
  )
);
