import { page } from "fresh";
import { FlagHeading } from "../../components/flag_heading.tsx";
import { FlagNav } from "../../components/flag_nav.tsx";
import { NotFound } from "../../components/not_found.tsx";
import { EXAMPLE_FLAG } from "../../components/setup/setup_code.ts";
import LiveSetup from "../../islands/live_setup.tsx";
import { includesFlag } from "../../server/access/access.ts";
import { define } from "../../server/define.ts";
import { flagOfPage } from "../../server/flag_of_page.ts";
import { setupFlagOf } from "../../server/setup_flag.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { reader, service } = ctx.state;
    const { name, evaluation } = await flagOfPage(reader, ctx.req);
    if (name !== "" && !includesFlag(service.access, name)) {
      ctx.state.title = "No such flag · modelab";
      return page({ name, found: null }, { status: 404 });
    }
    const statistics = evaluation && await reader.readStatistics(name);
    ctx.state.title = evaluation === null
      ? `Waiting for ${name} · modelab`
      : `Set up ${name} · modelab`;
    const found = {
      evaluation,
      flag: statistics === null
        ? { ...EXAMPLE_FLAG, name: name || EXAMPLE_FLAG.name }
        : setupFlagOf(statistics),
      server: ctx.url.origin,
      now: service.now(),
    };
    return page({ name, found });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { name, found } = data;
  if (found === null) return <NotFound flagName={name} />;
  const { evaluation, flag, server, now } = found;
  return (
    <main id="main" tabIndex={-1}>
      {evaluation === null
        ? (
          <header class="page-head">
            <nav aria-label="Breadcrumb">
              <a href="/">Flags</a>
            </nav>
            <h1>
              Set up <bdi class="name">{flag.name}</bdi>
            </h1>
          </header>
        )
        : (
          <>
            <FlagHeading flag={evaluation} now={now} />
            <FlagNav flagName={name} current="setup" />
          </>
        )}
      <LiveSetup server={server} flag={flag} known={evaluation !== null} />
    </main>
  );
});
