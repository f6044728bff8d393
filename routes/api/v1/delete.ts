import { deletionOfFlag } from "../../../server/admin_api.ts";
import { define } from "../../../server/define.ts";

export const handler = define.handlers((ctx) =>
  deletionOfFlag(ctx.state.service, ctx.req)
);
