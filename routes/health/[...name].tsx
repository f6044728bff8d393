import { page } from "fresh";
import { FlagHeading } from "../../components/flag_heading.tsx";
import { FlagNav } from "../../components/flag_nav.tsx";
import { HealthFigures } from "../../components/health/health_figures.tsx";
import { checksCsv } from "../../components/page_tables.ts";
import { TakeAway } from "../../components/take_away.tsx";
import { NotFound } from "../../components/not_found.tsx";
import { analysisOfPage } from "../../server/analysis_of_page.ts";
import { pageFile } from "../../server/page_file.ts";
import { define } from "../../server/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { reader, service } = ctx.state;
    const { name, evaluation } = await analysisOfPage(ctx);
    if (evaluation?.analysis === undefined) {
      ctx.state.title = "No such flag · modelab";
      return page({ name, found: null }, { status: 404 });
    }
    const { health } = evaluation.analysis;
    ctx.state.title = `Health of ${name}: ${health.status} · modelab`;
    const records = await reader.readHealth(name);
    const rejections = await service.rejections.read();
    const file = pageFile(ctx.url, `${name} health`, {
      csv: () => checksCsv(health),
      json: () => ({ health, records, rejections }),
    });
    if (file) return file;
    const now = service.now();
    const found = { evaluation, health, records, rejections, now };
    return page({ name, found });
  },
});

export default define.page<typeof handler>(({ data: { name, found } }) =>
  found === null ? <NotFound flagName={name} /> : (
    <main id="main" tabIndex={-1}>
      <FlagHeading flag={found.evaluation} now={found.now} />
      <FlagNav flagName={name} current="health" />
      <HealthFigures {...found} />
      <TakeAway
        links={[
          ["Checks as CSV", "?format=csv"],
          ["All of it as JSON", "?format=json"],
        ]}
      />
    </main>
  )
);
