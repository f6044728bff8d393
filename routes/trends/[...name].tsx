import { page } from "fresh";
import {
  AddressFaults,
  addressFaults,
} from "../../components/address_faults.tsx";
import { carry } from "../../components/carried.ts";
import { effectsCsv, timelineCsv } from "../../components/page_tables.ts";
import { FlagNav } from "../../components/flag_nav.tsx";
import { NotFound } from "../../components/not_found.tsx";
import { timelineRange } from "../../components/timeline_range.ts";
import {
  TIMELINE_CHOICES,
  timelineView,
} from "../../components/timeline_view.ts";
import LiveTrends from "../../islands/live_trends.tsx";
import { define } from "../../server/define.ts";
import { readEffects } from "../../server/flag_effects.ts";
import { flagOfPage } from "../../server/flag_of_page.ts";
import { pageFile, refuseFile } from "../../server/page_file.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { reader } = ctx.state;
    const now = Date.now();
    const { name, evaluation } = await flagOfPage(reader, ctx.req);
    if (evaluation !== null) {
      const faults = addressFaults(ctx.url.searchParams, TIMELINE_CHOICES);
      const refused = refuseFile(ctx.url, faults);
      if (refused !== null) return refused;
      const view = timelineView(ctx.url.searchParams, evaluation);
      const range = timelineRange(view.granularity, now, evaluation);
      const query = { granularity: view.granularity, ...range };
      const [timeline, read] = await Promise.all([
        reader.readTimeline(name, query),
        readEffects(reader, name, new URLSearchParams(), now),
      ]);
      if (timeline !== null && read !== null && "effects" in read) {
        ctx.state.title = `${name} over time · modelab`;
        const { effects } = read;
        const ofEffects = ctx.url.searchParams.get("table") === "effect";
        const file = pageFile(
          ctx.url,
          ofEffects ? `${name} effect` : `${name} ${view.granularity}s`,
          {
            csv: () => ofEffects ? effectsCsv(effects) : timelineCsv(timeline),
            json: () => ({ timeline, effects }),
          },
        );
        if (file) return file;
        const trends = {
          evaluation: carry(evaluation),
          timeline: carry(timeline),
          effects: carry(effects),
          view,
          now,
        };
        return page({ name, trends, faults });
      }
    }
    ctx.state.title = "No such flag · modelab";
    return page({ name, trends: null, faults: [] }, { status: 404 });
  },
});

export default define.page<typeof handler>((
  { data: { name, trends, faults } },
) =>
  trends === null
    ? <NotFound flagName={name} />
    : (
      <main id="main" tabIndex={-1}>
        <AddressFaults faults={faults} />
        <LiveTrends
          {...trends}
          nav={<FlagNav flagName={name} current="trends" />}
        />
      </main>
    )
);
