import { define } from "../../../server/define.ts";
import { overviewQuery, readOverview } from "../../../server/flag_overview.ts";
import { problem } from "../../../server/problem.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { reader, now } = ctx.state.service;
    const { query, faults } = overviewQuery(ctx.url.searchParams);
    if (faults.length > 0) return problem(400, faults.join("; "));
    return Response.json(await readOverview(reader, query, now()), {
      headers: { "cache-control": "no-store" },
    });
  },
});
