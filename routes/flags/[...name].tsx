import { page } from "fresh";
import { carry } from "../../components/carried.ts";
import { FlagNav } from "../../components/flag_nav.tsx";
import { NotFound } from "../../components/not_found.tsx";
import { ParetoSection } from "../../components/results/pareto_section.tsx";
import { ResultsControls } from "../../components/results/results_controls.tsx";
import { resultsCsv } from "../../components/results/results_csv.ts";
import { resultsTitle } from "../../components/results/results_title.ts";
import { scaleOf } from "../../components/results/results_view.ts";
import { VariantTable } from "../../components/variant_table.tsx";
import LiveResults from "../../islands/live_results.tsx";
import { pageFile } from "../../server/page_file.ts";
import { define } from "../../server/define.ts";
import { analysisOfPage } from "../../server/analysis_of_page.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const found = await analysisOfPage(ctx.state.reader, ctx.req);
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
      // Another page draws the distributions.
      evaluation: carry(
        analysis === undefined ? evaluation : {
          ...evaluation,
          analysis: { ...analysis, distributions: [] },
        },
      ),
      scale: scaleOf(query.get("scale")),
      query: query.toString(),
      fault,
      now: Date.now(),
    };
    const { variants } = evaluation;
    const chosen = fault === null ? query : new URLSearchParams();
    return page({ name, results, variants, analysis, chosen }, {
      status: fault === null ? 200 : 400,
    });
  },
});

export default define.page<typeof handler>(({ data }) =>
  data.results === null
    ? <NotFound flagName={data.name} />
    : (
      <main id="main" tabIndex={-1}>
        <LiveResults
          {...data.results}
          nav={<FlagNav flagName={data.name} current="flags" />}
          controls={data.analysis && (
            <ResultsControls
              analysis={data.analysis}
              scale={data.results.scale}
              query={data.chosen}
            />
          )}
          pareto={data.analysis && (
            <ParetoSection analysis={data.analysis} flagName={data.name} />
          )}
        >
          <VariantTable variants={data.variants} />
        </LiveResults>
      </main>
    )
);
