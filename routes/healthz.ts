import { define } from "../server/define.ts";
import { refuseMethod } from "../server/problem.ts";

export const handler = define.handlers((ctx) =>
  refuseMethod(ctx.req, ["GET", "HEAD"]) ?? new Response("ok\n")
);
