import { define } from "../../../../server/define.ts";
import { readFlag } from "../../../../server/flags.ts";

export const handler = define.handlers((ctx) =>
  readFlag(ctx.state.service, ctx.req)
);
