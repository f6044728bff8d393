import { chromiumMissing } from "./chromium.ts";
import { openDashboard } from "./dashboard.ts";
import { everyPage } from "./pages/every_page.ts";
import { figures } from "./pages/figures.ts";
import { listPages } from "./pages/list_pages.ts";
import { recordPages } from "./pages/record_pages.ts";
import { resultsPage } from "./pages/results_page.ts";
import { takenAway } from "./pages/taken_away.ts";
import { trendsPage } from "./pages/trends_page.ts";

if (chromiumMissing) {
  console.warn("Browser tests are left out: there is no Chromium here.");
}

// One server and one browser: to start them for each page would take longer
// than the tests. Each part finds the flags that the parts before it made.
Deno.test({
  name: "the dashboard works in a browser",
  ignore: chromiumMissing,
  async fn(t) {
    await using dashboard = await openDashboard();
    await listPages(t, dashboard);
    await resultsPage(t, dashboard);
    await trendsPage(t, dashboard);
    await takenAway(t, dashboard);
    await figures(t, dashboard);
    await recordPages(t, dashboard);
    await everyPage(t, dashboard);
  },
});
