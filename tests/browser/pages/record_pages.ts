import assert from "node:assert/strict";
import type { Dashboard } from "../dashboard.ts";
import { accessibilityFaults, openPage, overflow } from "../open_page.ts";
import { sampleRecords } from "../sample_records.ts";
import { HOSTILE } from "../hostile.ts";

/** Records, and the story of one assignment. */
export async function recordPages(
  t: Deno.TestContext,
  { server, browser }: Dashboard,
): Promise<void> {
  await t.step(
    "records are found, paged, and read to the end, without a script",
    async () => {
      await server.ingest(
        sampleRecords({ flag: "story", users: 60, metadata: HOSTILE }),
      );
      const records = `${server.origin}/records/story`;
      await using opened = await openPage(browser, records);
      const { page, problems } = opened;
      assert.equal(await page.locator("script").count(), 0);
      const first = await page.locator("tbody tr").first().innerText();
      await page.getByRole("link", { name: "Older" }).click();
      await page.getByRole("link", { name: "Newest" }).waitFor();
      assert.notEqual(
        await page.locator("tbody tr").first().innerText(),
        first,
      );
      await page.getByLabel("Outcome").selectOption("failure");
      await page.getByLabel("User").fill("user-0-3");
      await page.getByRole("button", { name: "Show" }).click();
      assert.match(page.url(), /outcome=failure.*user=user-0-3/);
      await page.getByRole("link", { name: "Show all" }).click();
      await page.locator("tbody a").first().click();
      await page.getByRole("heading", { level: 1, name: "Assignment" })
        .waitFor();
      assert.equal(await page.locator("script").count(), 0);
      await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await accessibilityFaults(page), []);
      assert.deepEqual(problems, []);
    },
  );
}
