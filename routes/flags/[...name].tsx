import { page } from "fresh";
import { FlagNav } from "../../components/flag_nav.tsx";
import { NotFound } from "../../components/not_found.tsx";
import { resultsCsv } from "../../components/results/results_csv.ts";
import { ResultsPage } from "../../components/results/results_page.tsx";
import { resultsTitle } from "../../components/results/results_title.ts";
import { scaleOf } from "../../components/results/results_view.ts";
import LiveResults from "../../islands/live_results.tsx";
import { pageFile } from "../../server/page_file.ts";
import { define } from "../../server/define.ts";
import { analysisOfPage } from "../../server/analysis_of_page.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const found = await analysisOfPage(ctx);
    const { name, evaluation, fault } = found;
    if (evaluation === null) {
      ctx.state.title = "No such flag · modelab";
      return page({ name, results: null }, { status: 404 });
    }
    ctx.state.title = `${resultsTitle(evaluation)} · modelab`;
    const query = ctx.url.searchParams;
    const { analysis } = evaluation;
    const file = analysis && pageFile(ctx.url, `${name} results`, {
      csv: () => resultsCsv(analysis),
      json: () => evaluation,
    });
    if (file) return file;
    const results = {
      evaluation,
      scale: scaleOf(query.get("scale")),
      query,
      fault,
      now: Date.now(),
    };
    return page({ name, results }, { status: fault === null ? 200 : 400 });
  },
});

export default define.page<typeof handler>(({ data: { name, results } }) => {
  if (results === null) return <NotFound flagName={name} />;
  const { evaluation, query, fault, now } = results;
  const { flag_name, first_seen, last_seen } = evaluation;
  return (
    <main id="main" tabIndex={-1}>
      <LiveResults
        flag={{ flag_name, first_seen, last_seen }}
        query={String(query)}
        fault={fault}
        now={now}
      />
      <FlagNav flagName={name} current="flags" />
      <ResultsPage {...results} />
    </main>
  );
});
