import { page } from "fresh";
import { FlagHeading } from "../../components/flag_heading.tsx";
import { FlagNav } from "../../components/flag_nav.tsx";
import { NotFound } from "../../components/not_found.tsx";
import Distributions from "../../islands/distributions.tsx";
import { analysisOfPage } from "../../server/analysis_of_page.ts";
import { define } from "../../server/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { name, evaluation } = await analysisOfPage(
      ctx.state.reader,
      ctx.req,
    );
    const found = evaluation?.analysis === undefined
      ? null
      : { evaluation, analysis: evaluation.analysis, now: Date.now() };
    ctx.state.title = found === null
      ? "No such flag · modelab"
      : `Distributions of ${name} · modelab`;
    return page({ name, found }, { status: found === null ? 404 : 200 });
  },
});

export default define.page<typeof handler>(({ data: { name, found } }) =>
  found === null ? <NotFound flagName={name} /> : (
    <main id="main" tabIndex={-1}>
      <FlagHeading evaluation={found.evaluation} now={found.now} />
      <FlagNav flagName={name} current="distributions" />
      <Distributions analysis={found.analysis} />
    </main>
  )
);
