import assert from "node:assert/strict";
import type { Dashboard } from "../dashboard.ts";
import { accessibilityFaults, openPage } from "../open_page.ts";
import { sampleRecords } from "../sample_records.ts";

/** The list of flags, and the page that waits for the first one. */
export async function listPages(
  t: Deno.TestContext,
  { server, browser }: Dashboard,
): Promise<void> {
  const home = `${server.origin}/`;
  await t.step(
    "the empty list says how to begin, and the first flag appears without a reload",
    async () => {
      await using opened = await openPage(browser, home);
      const { page, problems } = opened;
      await page.getByText("await shutdown();").first().waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.getByText("Live", { exact: true }).waitFor();
      const { pages } = server;
      await server.ingest(sampleRecords({ flag: "reply" }));
      await page.getByRole("link", { name: "reply", exact: true }).waitFor();
      assert.equal(server.pages, pages);
      assert.deepEqual(problems, []);
    },
  );

  await t.step(
    "the setup page waits for a flag, and leads to it once it is there",
    async () => {
      await using opened = await openPage(
        browser,
        `${server.origin}/setup/tone`,
      );
      const { page, problems } = opened;
      await page.getByText("Waiting for the first assignment").waitFor();
      await page.getByText(`modelab.Flag("tone", [`).waitFor();
      await server.ingest(sampleRecords({ flag: "tone", users: 3 }));
      await page.getByRole("link", { name: "See the results" }).click();
      await page.getByRole("heading", { level: 1, name: "tone" }).waitFor();
      assert.deepEqual(problems.filter((one) => !one.includes("404")), []);
    },
  );

  await t.step("the list leads to a flag, finds, and orders", async () => {
    await using opened = await openPage(browser, home);
    const { page, problems } = opened;
    await page.getByText("Decided").waitFor();
    await page.getByText("Ship treatment").waitFor();
    await page.getByRole("searchbox").fill("ton");
    // News must not undo what is typed.
    const asked = server.asked.length;
    await server.ingest(sampleRecords({ flag: "typed", users: 3 }));
    while (server.asked.length === asked) await page.waitForTimeout(100);
    await page.waitForTimeout(200);
    await page.getByRole("combobox").selectOption("name");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/search=ton/);
    const links = page.locator(".flag-link");
    assert.deepEqual(await links.allTextContents(), ["tone"]);
    assert.equal(
      new URL(page.url()).search,
      "?search=ton&order=name",
    );
    await page.getByRole("link", { name: "tone" }).click();
    await page.getByRole("heading", { level: 1, name: "tone" }).waitFor();
    assert.deepEqual(problems, []);
  });
}
