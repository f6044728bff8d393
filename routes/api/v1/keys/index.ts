import { listOrCreateKeys } from "../../../../server/access_keys_api.ts";
import { define } from "../../../../server/define.ts";

export const handler = define.handlers((ctx) =>
  listOrCreateKeys(ctx.state.service, ctx.req)
);
