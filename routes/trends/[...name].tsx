import { page } from "fresh";
import { NotFound } from "../../components/not_found.tsx";
import { timelineRange } from "../../components/timeline_range.ts";
import { timelineView } from "../../components/timeline_view.ts";
import LiveTrends from "../../islands/live_trends.tsx";
import { define } from "../../server/define.ts";
import { flagOfPage } from "../../server/flag_of_page.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { reader } = ctx.state;
    const now = Date.now();
    const { name, evaluation } = await flagOfPage(reader, ctx.req);
    if (evaluation !== null) {
      const view = timelineView(ctx.url.searchParams, evaluation);
      const range = timelineRange(view.granularity, now, evaluation);
      const query = { granularity: view.granularity, ...range };
      const timeline = await reader.readTimeline(name, query);
      if (timeline !== null) {
        ctx.state.title = `${name} over time · modelab`;
        return page({ name, trends: { evaluation, timeline, view, now } });
      }
    }
    ctx.state.title = "No such flag · modelab";
    return page({ name, trends: null }, { status: 404 });
  },
});

export default define.page<typeof handler>(({ data: { name, trends } }) =>
  trends === null
    ? <NotFound flagName={name} />
    : (
      <main id="main" tabIndex={-1}>
        <LiveTrends {...trends} />
      </main>
    )
);
