import { page } from "fresh";
import { carry } from "../components/carried.ts";
import { flagsCsv } from "../components/page_tables.ts";
import LiveFlagList from "../islands/live_flag_list.tsx";
import { define } from "../server/define.ts";
import { pageFile } from "../server/page_file.ts";
import { overviewQuery, readOverview } from "../server/flag_overview.ts";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Flags · modelab";
    const now = Date.now();
    // A page shows what it can.
    const { query } = overviewQuery(ctx.url.searchParams);
    const overview = await readOverview(ctx.state.reader, query, now);
    const file = pageFile(ctx.url, "flags", {
      csv: () => flagsCsv(overview),
      json: () => overview,
    });
    return file ?? page({
      overview: carry(overview),
      now,
      server: ctx.url.origin,
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <main id="main" tabIndex={-1}>
    <LiveFlagList {...data} />
  </main>
));
