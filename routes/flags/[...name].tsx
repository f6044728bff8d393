import { page } from "fresh";
import { NotFound } from "../../components/not_found.tsx";
import { timelineRange } from "../../components/timeline_range.ts";
import { timelineView } from "../../components/timeline_view.ts";
import LiveFlag from "../../islands/live_flag.tsx";
import { define } from "../../server/define.ts";
import { flagNamesFromPath, restAfterFlags } from "../../server/flag_path.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { pathname } = new URL(ctx.req.url);
    const names = flagNamesFromPath(restAfterFlags(pathname));
    const now = Date.now();
    for (const name of names) {
      const evaluation = await ctx.state.reader.evaluateFlag(name);
      if (evaluation === null) continue;
      const view = timelineView(ctx.url.searchParams, evaluation);
      const range = timelineRange(view.granularity, now, evaluation);
      const query = { granularity: view.granularity, ...range };
      const timeline = await ctx.state.reader.readTimeline(name, query);
      if (timeline === null) continue;
      ctx.state.title = `${name} · modelab`;
      return page({ flag: { evaluation, timeline, view, now }, name });
    }
    ctx.state.title = "No such flag · modelab";
    return page({ flag: null, name: names[0] }, { status: 404 });
  },
});

export default define.page<typeof handler>(({ data }) =>
  data.flag === null
    ? <NotFound flagName={data.name} />
    : (
      <main id="main" tabIndex={-1}>
        <LiveFlag {...data.flag} />
      </main>
    )
);
