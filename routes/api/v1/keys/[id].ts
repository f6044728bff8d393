import { revokeKey } from "../../../../server/access_keys_api.ts";
import { define } from "../../../../server/define.ts";

export const handler = define.handlers((ctx) =>
  revokeKey(ctx.state.service, ctx.req, ctx.params["id"] ?? "")
);
