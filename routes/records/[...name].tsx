import { page } from "fresh";
import {
  AddressFaults,
  addressFaults,
} from "../../components/address_faults.tsx";
import { FlagHeading } from "../../components/flag_heading.tsx";
import { FlagNav } from "../../components/flag_nav.tsx";
import { flagPagePath } from "../../components/flag_url.ts";
import { recordsCsv } from "../../components/page_tables.ts";
import { TakeAway } from "../../components/take_away.tsx";
import { NotFound } from "../../components/not_found.tsx";
import { RecordFilters } from "../../components/records/record_filters.tsx";
import { RecordPager } from "../../components/records/record_pager.tsx";
import {
  RECORD_CHOICES,
  recordParams,
  recordQuery,
} from "../../components/records/record_query.ts";
import { withParameter } from "../../components/results/results_query.ts";
import { RecordTable } from "../../components/records/record_table.tsx";
import { pageFile, refuseFile } from "../../server/page_file.ts";
import { define } from "../../server/define.ts";
import { flagOfPage } from "../../server/flag_of_page.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { name, evaluation } = await flagOfPage(ctx.state.reader, ctx.req);
    if (evaluation === null) {
      ctx.state.title = "No such flag · modelab";
      return page({ name, found: null }, { status: 404 });
    }
    ctx.state.title = `Records of ${name} · modelab`;
    const query = recordQuery(ctx.url.searchParams);
    const faults = addressFaults(ctx.url.searchParams, RECORD_CHOICES);
    const refused = refuseFile(ctx.url, faults);
    if (refused !== null) return refused;
    const records = await ctx.state.reader.listRecords(name, query);
    const file = pageFile(ctx.url, `${name} records`, {
      csv: () => recordsCsv(records.records),
      json: () => records,
    });
    if (file) return file;
    const found = { evaluation, query, faults, records, now: Date.now() };
    return page({ name, found });
  },
});

export default define.page<typeof handler>(({ data: { name, found } }) => {
  if (found === null) return <NotFound flagName={name} />;
  const { evaluation, query, faults, records, now } = found;
  const variantNames = evaluation.variants.map((v) => v.variant_name);
  const path = flagPagePath(name, "records");
  const asked = recordParams(query);
  return (
    <main id="main" tabIndex={-1}>
      <FlagHeading flag={evaluation} now={now} />
      <FlagNav flagName={name} current="records" />
      <AddressFaults faults={faults} />
      <section aria-labelledby="records">
        <div class="section-head">
          <h2 id="records">Assignments</h2>
          <RecordFilters
            query={query}
            variantNames={variantNames}
            action={path}
          />
        </div>
        <RecordTable page={records} variantNames={variantNames} now={now} />
        {records.records.length > 1 && (
          <p class="note">In the order in which they came, newest first.</p>
        )}
        <RecordPager page={records} query={query} path={path} />
      </section>
      <TakeAway
        links={[
          ["This page as CSV", withParameter(asked, "format", "csv")],
          ["This page as JSON", withParameter(asked, "format", "json")],
        ]}
      />
    </main>
  );
});
