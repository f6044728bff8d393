import { define } from "../server/define.ts";
import { gaugesOf } from "../server/gauges.ts";
import { refuseMethod } from "../server/problem.ts";

export const handler = define.handlers((ctx) => {
  const { service } = ctx.state;
  return refuseMethod(ctx.req, ["GET", "HEAD"]) ??
    new Response(service.metrics.render(gaugesOf(service)), {
      headers: {
        "content-type": "text/plain; version=0.0.4; charset=utf-8",
        "cache-control": "no-store",
      },
    });
});
