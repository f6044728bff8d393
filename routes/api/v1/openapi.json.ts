import { define } from "../../../server/define.ts";
import { openApi } from "../../../server/openapi.ts";
import { refuseMethod } from "../../../server/problem.ts";

export const handler = define.handlers((ctx) =>
  refuseMethod(ctx.req, ["GET", "HEAD"]) ??
    Response.json(openApi(ctx.state.service.config))
);
