import { define } from "../../../server/define.ts";
import { exportLedger } from "../../../server/export_api.ts";

export const handler = define.handlers((ctx) =>
  exportLedger(ctx.state.service, ctx.req)
);
