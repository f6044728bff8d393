import assert from "node:assert/strict";
import type { Dashboard } from "../dashboard.ts";
import { openPage } from "../open_page.ts";
import { sampleRecords } from "../sample_records.ts";

/** A flag over time. */
export async function trendsPage(
  t: Deno.TestContext,
  { server, browser }: Dashboard,
): Promise<void> {
  const trends = `${server.origin}/trends/reply`;
  await t.step(
    "another figure and granularity are shown without a reload",
    async () => {
      await using opened = await openPage(browser, trends);
      const { page, problems } = opened;
      await page.getByText("Live", { exact: true }).waitFor();
      const { pages } = server;
      await page.getByRole("combobox").selectOption("avg_latency_ms");
      await page.getByText("Mean latency per hour").first().waitFor();
      await page.getByRole("radio", { name: "Days" }).check();
      await page.getByText("Mean latency per day").first().waitFor();
      assert.ok(server.asked.some((one) => /granularity=day/.test(one)));
      assert.equal(
        new URL(page.url()).search,
        "?metric=avg_latency_ms&granularity=day",
      );
      assert.equal(server.pages, pages);
      await page.reload();
      await page.getByText("Mean latency per day").first().waitFor();
      assert.deepEqual(problems, []);
    },
  );

  await t.step("the chart is read with the arrow keys", async () => {
    await using opened = await openPage(browser, trends);
    const { page, problems } = opened;
    const slider = page.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    assert.equal(await slider.getAttribute("aria-valuenow"), "1");
    const text = await slider.getAttribute("aria-valuetext") ?? "";
    assert.match(text, /UTC: control .*, treatment /);
    const legend = await page.locator(".legend-time").textContent() ?? "";
    assert.ok(legend !== "" && text.startsWith(legend));
    assert.deepEqual(problems, []);
  });

  await t.step(
    "it says when figures stop, and when they are back",
    async () => {
      await using opened = await openPage(browser, trends);
      const { page } = opened;
      await page.getByText("Live", { exact: true }).waitFor();
      server.failure = 500;
      await server.ingest(
        sampleRecords({ flag: "reply", users: 1, prefix: "stop-" }),
      );
      await page.getByText(/Not updating since \d\d:\d\d:\d\d UTC/).waitFor();
      server.failure = null;
      await page.getByText("Live", { exact: true }).waitFor();
    },
  );
}
