import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Dashboard } from "../dashboard.ts";
import { openPage } from "../open_page.ts";
import { sampleRecords, VARIANTS } from "../sample_records.ts";

/** The results of a flag, and what keeps them fresh. */
export async function resultsPage(
  t: Deno.TestContext,
  { server, browser }: Dashboard,
): Promise<void> {
  const results = `${server.origin}/flags/reply`;
  await t.step("the results say what to do, in the title too", async () => {
    await using opened = await openPage(browser, results);
    const { page, problems } = opened;
    await page.getByRole("heading", { level: 2, name: "Ship treatment" })
      .waitFor();
    assert.equal(await page.title(), "Ship treatment: reply · modelab");
    const row = page.locator("table.results tbody").first();
    assert.match(await row.innerText(), /Success rate.*\+\d.*▲ Better/s);
    assert.deepEqual(problems, []);
  });

  await t.step(
    "another look at the results is in the address, and comes back with it",
    async () => {
      await using opened = await openPage(browser, results);
      const { page, problems } = opened;
      await page.getByText("Live", { exact: true }).waitFor();
      const { pages } = server;
      const head = page.locator("table.results thead");
      await page.getByLabel("Confidence").selectOption("0.01");
      await head.getByText("99% interval").waitFor();
      await page.getByRole("radio", { name: "Absolute" }).check();
      await page.locator("table.results").getByText(/\+\d.* pp/).first()
        .waitFor();
      await page.getByRole("radio", { name: "One look" }).check();
      await page.locator("select[name=control]").selectOption("treatment");
      await page.getByRole("heading", { level: 2, name: "Keep treatment" })
        .waitFor();
      assert.equal(server.pages, pages);
      const before = await page.locator("table.results").innerText();
      const { search } = new URL(page.url());
      assert.match(search, /control=treatment/);
      await page.goto(results + search);
      assert.equal(await page.locator("table.results").innerText(), before);
      await page.getByText("Live", { exact: true }).waitFor();
      assert.equal(await page.locator("table.results").innerText(), before);
      assert.deepEqual(problems, []);
    },
  );

  await t.step(
    "the first figures take over what the server rendered, and a choice made before acts",
    async () => {
      await using opened = await openPage(browser, "about:blank");
      const { page, problems } = opened;
      const release = await openHeld(page, results);
      // The figures are not there once more for scripts to start from.
      const inline = await page.evaluate(
        `[...document.scripts].reduce((sum, { text }) => sum + text.length, 0)`,
      );
      assert.ok(Number(inline) < 2_000, `${inline} characters`);
      await page.evaluate(
        `kept = [...document.querySelectorAll("main :is(section, tr, td, dd)")]`,
      );
      const confidence = page.getByLabel("Confidence");
      await confidence.focus();
      await confidence.selectOption("0.01");
      release();
      await page.getByText("99% interval", { exact: true }).waitFor();
      await page.getByText("Live", { exact: true }).waitFor();
      assert.equal(await confidence.inputValue(), "0.01");
      assert.equal(
        await page.evaluate(
          `document.activeElement.name + kept.every((node) => node.isConnected)`,
        ),
        "alphatrue",
      );
      assert.deepEqual(problems, []);
    },
  );

  await t.step(
    "whoever is in what the first figures take over stays there",
    async () => {
      for (
        const place of [
          "#live-table .scroll-box",
          "#live-pareto .chart-box",
          "#live-pareto .scroll-box",
        ]
      ) {
        await using opened = await openPage(browser, "about:blank");
        const { page, problems } = opened;
        const release = await openHeld(page, results);
        await page.locator(place).focus();
        release();
        await page.getByText("Live", { exact: true }).waitFor();
        if (place.startsWith("#live-pareto")) {
          await page.locator("#live-pareto .chart-tools button").waitFor();
        }
        assert.ok(
          await page.evaluate(`document.activeElement.matches("${place}")`),
          place,
        );
        assert.deepEqual(problems, []);
      }
    },
  );

  await t.step(
    "an address that cannot be is told, and shown past",
    async () => {
      await using opened = await openPage(browser, `${results}?alpha=7`);
      const { page } = opened;
      await page.getByRole("alert").getByText(
        "alpha must be a number from 0.0001 to 0.4",
      ).waitFor();
      await page.getByRole("heading", { level: 2, name: "Ship treatment" })
        .waitFor();
    },
  );

  await t.step(
    "new figures arrive without a reload, and leave focus and scrolling alone",
    async () => {
      await using opened = await openPage(browser, results);
      const { page, problems } = opened;
      await page.getByText("Live", { exact: true }).waitFor();
      const { pages } = server;
      await page.getByText("All figures by variant").click();
      const select = page.getByLabel("Primary metric");
      await select.focus();
      const place = (): Promise<unknown> =>
        page.evaluate(
          `[document.activeElement.name,
          document.activeElement.getBoundingClientRect().top, scrollY > 0]`,
        );
      const before = await place();
      await server.ingest(
        sampleRecords({ flag: "reply", users: 40, prefix: "more-" }),
      );
      await page.locator(".decision-facts").getByText("380").waitFor();
      assert.deepEqual(await place(), before);
      const zeta = { ...VARIANTS[0], name: "zeta" };
      await server.ingest(sampleRecords({
        flag: "reply",
        users: 1,
        prefix: "zeta-",
        variants: [{ success: 1, latency: 1, cost: 1, ...zeta }],
      }));
      await page.locator("table.results").getByText("zeta").first().waitFor();
      await page.locator("table.variants").getByText("zeta").first().waitFor();
      assert.equal(server.pages, pages);
      assert.deepEqual(problems, []);
    },
  );

  await t.step(
    "what is chosen can be told where the system chooses the colours",
    async () => {
      await using opened = await openPage(browser, results, {
        forcedColors: "active",
      });
      const { page } = opened;
      const colours: unknown = await page.evaluate(
        `["label:has(:checked)", "label:not(:has(:checked))"].map((one) =>
          getComputedStyle(document.querySelector(".segments " + one))
            .backgroundColor)`,
      );
      assert.ok(Array.isArray(colours) && colours.length === 2);
      assert.notEqual(colours[0], colours[1]);
    },
  );

  await t.step(
    "what each figure means can be read without a pointer",
    async () => {
      await using opened = await openPage(browser, results);
      const { page } = opened;
      await page.getByText("What these figures mean").focus();
      await page.keyboard.press("Enter");
      const glossary = page.locator(".glossary");
      const names = await page.locator(".metric-name").allTextContents();
      assert.ok(names.length > 5);
      for (const name of names) {
        const meaning = glossary.locator("div", {
          has: page.getByText(name, { exact: true }),
        });
        assert.match(await meaning.first().innerText(), /\n.{20}/, name);
      }
    },
  );

  await t.step("figures stay as they are while it is paused", async () => {
    await using opened = await openPage(
      browser,
      `${server.origin}/flags/tone`,
    );
    const { page, problems } = opened;
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused", { exact: true }).waitFor();
    await server.ingest(
      sampleRecords({ flag: "tone", users: 7, prefix: "more-" }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const users = page.locator(".decision-facts").getByText("20");
    assert.equal(await users.count(), 0);
    await page.getByRole("button", { name: "Resume" }).click();
    await users.waitFor();
    assert.deepEqual(problems, []);
  });

  await t.step(
    "it leads to the sign-in page when the session has ended",
    async () => {
      await using opened = await openPage(browser, results);
      const { page } = opened;
      await page.getByText("Live", { exact: true }).waitFor();
      server.failure = 401;
      await server.ingest(
        sampleRecords({ flag: "reply", users: 1, prefix: "out-" }),
      );
      const link = page.getByRole("link", { name: "Sign in again" });
      await link.waitFor();
      assert.equal(
        await link.getAttribute("href"),
        "/sign-in?next=%2Fflags%2Freply",
      );
      server.failure = null;
    },
  );
}

/** Opens a page whose island gets its first figures when the result is called. */
async function openHeld(page: Page, url: string): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await page.route("**/api/v1/flags/**", async (route) => {
    await held.promise;
    await route.continue();
  });
  const asked = page.waitForRequest("**/api/v1/flags/**");
  await page.goto(url);
  await asked;
  return held.resolve;
}
