import { eraseOfUsers } from "../../../server/admin_api.ts";
import { define } from "../../../server/define.ts";

export const handler = define.handlers((ctx) =>
  eraseOfUsers(ctx.state.service, ctx.req)
);
