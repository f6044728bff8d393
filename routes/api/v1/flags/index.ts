import { define } from "../../../../server/define.ts";
import { listFlags } from "../../../../server/flags.ts";

export const handler = define.handlers((ctx) =>
  listFlags(ctx.state.service, ctx.req)
);
