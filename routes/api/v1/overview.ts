import { define } from "../../../server/define.ts";
import { overviewQuery, readOverview } from "../../../server/flag_overview.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { reader, now } = ctx.state.service;
    const query = overviewQuery(ctx.url.searchParams);
    return Response.json(await readOverview(reader, query, now()), {
      headers: { "cache-control": "no-store" },
    });
  },
});
