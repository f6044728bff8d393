import { define } from "../server/define.ts";
import { refuseMethod } from "../server/problem.ts";

export const handler = define.handlers((ctx) => {
  const { ledger, metrics } = ctx.state.service;
  return refuseMethod(ctx.req, ["GET", "HEAD"]) ??
    new Response(metrics.render(ledger.waiting), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    });
});
