import assert from "node:assert/strict";
import type { Dashboard } from "../dashboard.ts";
import {
  accessibilityFaults,
  alive,
  coveredTexts,
  openPage,
  overflow,
} from "../open_page.ts";
import { sampleRecords, VARIANTS } from "../sample_records.ts";
import { HOSTILE, LONG, NAMES } from "../hostile.ts";

/** What holds for each page. */
export async function everyPage(
  t: Deno.TestContext,
  { server, browser }: Dashboard,
): Promise<void> {
  const home = `${server.origin}/`;
  const results = `${server.origin}/flags/reply`;
  const trends = `${server.origin}/trends/reply`;
  await t.step(
    "without scripts everything is readable, and the forms choose",
    async () => {
      await using opened = await openPage(browser, trends, {
        javaScriptEnabled: false,
      });
      const { page, problems } = opened;
      assert.ok(await page.locator("svg.chart path.line").count() >= 2);
      await page.getByRole("combobox").selectOption("total_cost");
      await page.getByRole("radio", { name: "Days" }).check();
      await page.getByRole("button", { name: "Show" }).click();
      await page.getByText("Total cost per day").first().waitFor();
      await page.locator("section:has(#over-time)")
        .getByText("Show as a table").click();
      await page.locator(".timeline-table").waitFor();
      await page.goto(results);
      await page.getByLabel("Confidence").selectOption("0.1");
      await page.getByRole("button", { name: "Show" }).click();
      await page.getByText("90% interval", { exact: true }).waitFor();
      assert.deepEqual(problems, []);
    },
  );

  await t.step("any name is shown as it is, and its link works", async () => {
    for (const name of NAMES) {
      const variants = VARIANTS.map((variant) => ({
        ...variant,
        name: `${name.slice(0, 480)} ${variant.name}`,
        config: HOSTILE,
      }));
      await server.ingest(sampleRecords({ flag: name, users: 2, variants }));
    }
    await using opened = await openPage(browser, home);
    const { page, problems } = opened;
    for (const name of NAMES) {
      await page.goto(home);
      await page.getByRole("link", { name, exact: true }).click();
      const heading = page.getByRole("heading", { level: 1 });
      await heading.waitFor();
      assert.equal(await heading.textContent(), name);
      await page.getByText("Live", { exact: true }).waitFor();
      for (const tab of ["Over time", "Distributions", "Health", "Records"]) {
        await page.getByRole("link", { name: tab, exact: true }).click();
        await page.locator(`a[aria-current]`, { hasText: tab }).waitFor();
        assert.equal(await heading.textContent(), name);
      }
    }
    assert.deepEqual(problems, []);
  });

  await t.step("fifty variants are shown, and nothing breaks", async () => {
    const variants = Array.from({ length: 50 }, (_, at) => ({
      name: `variant ${at}`,
      success: 0.5,
      latency: 900 + at,
      cost: 0.001,
    }));
    await server.ingest(sampleRecords({ flag: "many", users: 3, variants }));
    for (const javaScriptEnabled of [true, false]) {
      await using opened = await openPage(browser, "about:blank", {
        javaScriptEnabled,
      });
      const { page, problems } = opened;
      const held = Promise.withResolvers<void>();
      await page.route("**/api/v1/flags/**", async (route) => {
        await held.promise;
        await route.continue();
      });
      await page.goto(`${server.origin}/flags/many`);
      const metric = page.locator("table.results tbody").first();
      const last = metric.locator("tr", { hasText: "variant 49" });
      const summary = metric.locator("summary");
      assert.match(await summary.innerText(), /^44 more variants/);
      assert.equal(await last.isVisible(), false);
      assert.equal(await overflow(page), 0);
      await summary.press("Enter");
      await last.waitFor();
      // What was unfolded before scripts have figures stays so.
      held.resolve();
      if (javaScriptEnabled) {
        await page.getByText("Live", { exact: true }).waitFor();
      }
      assert.ok(await last.isVisible());
      await summary.press("Enter");
      await last.waitFor({ state: "hidden" });
      await page.emulateMedia({ media: "print" });
      assert.ok(await last.isVisible());
      assert.deepEqual(problems, []);
    }
  });

  await t.step("a flag that is not there is not found", async () => {
    await using opened = await openPage(browser, `${home}flags/gone`);
    const { page } = opened;
    await page.getByRole("heading", { name: "There is no such flag" })
      .waitFor();
    assert.equal((await page.reload())?.status(), 404);
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  await t.step(
    "a fault of the server is told, and gives nothing away",
    async () => {
      server.fault = new Error("secret of the database");
      await using opened = await openPage(browser, home);
      const { page } = opened;
      await page.getByRole("heading", { name: "This page could not be made" })
        .waitFor();
      assert.equal((await page.reload())?.status(), 500);
      assert.doesNotMatch(await page.content(), /secret/);
      assert.deepEqual(await accessibilityFaults(page), []);
      server.fault = null;
    },
  );

  const pagesOf = (flag: string): string[] =>
    ["flags", "trends", "distributions", "health", "records", "setup"]
      .map((page) => `/${page}/${encodeURIComponent(flag)}`);
  const paths = ["/", ...pagesOf("reply"), `/flags/${LONG}`, "/sign-in"];

  await t.step("axe finds nothing wrong in light and in dark", async () => {
    for (const path of paths) {
      await using opened = await openPage(browser, server.origin + path, {
        reducedMotion: "reduce",
      });
      const { page, problems } = opened;
      await alive(page);
      for (const folded of await page.locator("details").all()) {
        await folded.evaluate((element) => element.setAttribute("open", ""));
      }
      assert.equal(await page.locator("details:not([open])").count(), 0);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(
          await accessibilityFaults(page),
          [],
          `${path} in ${colorScheme}`,
        );
      }
      assert.deepEqual(problems, []);
    }
  });

  for (const javaScriptEnabled of [true, false]) {
    await t.step(
      `no page is wider than its window, with scripts ${
        javaScriptEnabled ? "on" : "off"
      }`,
      async () => {
        for (const path of [...paths, ...pagesOf(LONG)]) {
          await using opened = await openPage(browser, server.origin + path, {
            javaScriptEnabled,
          });
          for (const width of [360, 768, 2560]) {
            await opened.page.setViewportSize({ width, height: 800 });
            const what = `${width}: ${path}`;
            assert.equal(await overflow(opened.page), 0, what);
            assert.deepEqual(await coveredTexts(opened.page), [], what);
          }
        }
      },
    );
  }
}
