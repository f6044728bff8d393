import { define } from "../../../../server/define.ts";
import { ingest } from "../../../../server/ingest.ts";

export const handler = define.handlers((ctx) =>
  ingest(ctx.state.service, ctx.req, "events")
);
