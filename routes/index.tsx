import { page } from "fresh";
import {
  AddressFaults,
  addressFaults,
  FILE_FORMATS,
} from "../components/address_faults.tsx";
import { carry } from "../components/carried.ts";
import { flagsCsv } from "../components/page_tables.ts";
import LiveFlagList from "../islands/live_flag_list.tsx";
import { define } from "../server/define.ts";
import { pageFile, refuseFile } from "../server/page_file.ts";
import { overviewQuery, readOverview } from "../server/flag_overview.ts";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Flags · modelab";
    const now = Date.now();
    // A page shows what it can, and says so; a file would not.
    const { query, faults: wrong } = overviewQuery(ctx.url.searchParams);
    const faults = [
      ...wrong,
      ...addressFaults(ctx.url.searchParams, [FILE_FORMATS]),
    ];
    const refused = refuseFile(ctx.url, faults);
    if (refused !== null) return refused;
    const overview = await readOverview(ctx.state.reader, query, now);
    const file = pageFile(ctx.url, "flags", {
      csv: () => flagsCsv(overview),
      json: () => overview,
    });
    return file ?? page({
      overview: carry(overview),
      now,
      server: ctx.url.origin,
      faults,
    });
  },
});

export default define.page<typeof handler>(({ data: { faults, ...list } }) => (
  <main id="main" tabIndex={-1}>
    <AddressFaults faults={faults} />
    <LiveFlagList {...list} />
  </main>
));
