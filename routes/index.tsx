import { page } from "fresh";
import LiveFlagList from "../islands/live_flag_list.tsx";
import { define } from "../server/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Flags · modelab";
    const list = await ctx.state.reader.listFlags();
    return page({ list, now: Date.now(), server: ctx.url.origin });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <main id="main" tabIndex={-1}>
    <LiveFlagList list={data.list} now={data.now} server={data.server} />
  </main>
));
