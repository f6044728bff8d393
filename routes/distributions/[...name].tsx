import { page } from "fresh";
import { carry } from "../../components/carried.ts";
import { FlagHeading } from "../../components/flag_heading.tsx";
import { FlagNav } from "../../components/flag_nav.tsx";
import { distributionsCsv } from "../../components/page_tables.ts";
import { TakeAway } from "../../components/take_away.tsx";
import { NotFound } from "../../components/not_found.tsx";
import Distributions from "../../islands/distributions.tsx";
import { analysisOfPage } from "../../server/analysis_of_page.ts";
import { pageFile } from "../../server/page_file.ts";
import { define } from "../../server/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { name, evaluation } = await analysisOfPage(ctx);
    const found = evaluation?.analysis === undefined
      ? null
      : { evaluation, analysis: carry(evaluation.analysis), now: Date.now() };
    if (evaluation?.analysis !== undefined) {
      const { distributions } = evaluation.analysis;
      const file = pageFile(ctx.url, `${name} distributions`, {
        csv: () => distributionsCsv(distributions),
        json: () => distributions,
      });
      if (file) return file;
    }
    ctx.state.title = found === null
      ? "No such flag · modelab"
      : `Distributions of ${name} · modelab`;
    return page({ name, found }, { status: found === null ? 404 : 200 });
  },
});

export default define.page<typeof handler>(({ data: { name, found } }) =>
  found === null ? <NotFound flagName={name} /> : (
    <main id="main" tabIndex={-1}>
      <FlagHeading flag={found.evaluation} now={found.now} />
      <FlagNav flagName={name} current="distributions" />
      <Distributions analysis={found.analysis} flagName={name} />
      <TakeAway
        links={[
          ["Distributions as CSV", "?format=csv"],
          ["Distributions as JSON", "?format=json"],
        ]}
      />
    </main>
  )
);
