import { define } from "../server/define.ts";
import { problem, refuseMethod } from "../server/problem.ts";

export const handler = define.handlers(async (ctx) => {
  const refused = refuseMethod(ctx.req, ["GET", "HEAD"]);
  if (refused !== null) return refused;
  return await ctx.state.service.ready()
    ? new Response("ready\n")
    : problem(503, "The database does not answer", { "retry-after": "5" });
});
