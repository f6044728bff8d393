import type { RouteConfig } from "fresh";
import { define } from "../../../../server/define.ts";
import { readFlag } from "../../../../server/flags.ts";

// A rest parameter does not match a slash at the end, which a name can have.
export const config: RouteConfig = { routeOverride: "/api/v1/flags/*" };

export const handler = define.handlers((ctx) =>
  readFlag(ctx.state.service, ctx.req)
);
