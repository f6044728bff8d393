import { page } from "fresh";
import LiveFlagList from "../islands/live_flag_list.tsx";
import { define } from "../server/define.ts";
import { overviewQuery, readOverview } from "../server/flag_overview.ts";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Flags · modelab";
    const now = Date.now();
    const query = overviewQuery(ctx.url.searchParams);
    const overview = await readOverview(ctx.state.reader, query, now);
    return page({ overview, now, server: ctx.url.origin });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <main id="main" tabIndex={-1}>
    <LiveFlagList {...data} />
  </main>
));
