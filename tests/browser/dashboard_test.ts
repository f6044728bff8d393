import assert from "node:assert/strict";
import { chromiumMissing, launchChromium } from "./chromium.ts";
import { DashboardServer } from "./dashboard_server.ts";
import { accessibilityFaults, openPage, overflow } from "./open_page.ts";
import { sampleRecords, VARIANTS } from "./sample_records.ts";

if (chromiumMissing) {
  console.warn("Browser tests are left out: there is no Chromium here.");
}

/** Names that break what does not expect them. */
const NAMES = [
  `<script>alert("name")</script>`,
  "a/b c?d#e%f&g",
  "تجربة الرد على العملاء",
  "🧪 prueba ñandú 测试",
  "W".repeat(500),
];
const LONG = NAMES[4] ?? "";

const HOSTILE = {
  "<img src=x onerror=alert(1)>": "</script><script>alert(2)</script>",
  "\u202Eltr": ["x".repeat(10_000), null, { deep: { deeper: { deepest: 1 } } }],
};

Deno.test({
  name: "the dashboard works in a browser",
  ignore: chromiumMissing,
  async fn(t) {
    await using server = await DashboardServer.start();
    const browser = await launchChromium();
    await using _closing = { [Symbol.asyncDispose]: () => browser.close() };
    const home = `${server.origin}/`;
    const results = `${server.origin}/flags/reply`;
    const trends = `${server.origin}/trends/reply`;

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

    await t.step("what the page shows can be taken away", async () => {
      await using opened = await openPage(browser, `${results}?alpha=0.1`);
      const { page } = opened;
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "Results as CSV" }).click();
      const file = await download;
      assert.equal(file.suggestedFilename(), "reply_results.csv");
      const text = await Deno.readTextFile(await file.path());
      assert.match(text, /^metric,label,.*\r\nsuccess_rate,Success rate,/);
      assert.match(text, /always_valid,0\.9,/);
      for (
        const [name, shape] of [
          ["Results as JSON", /"alpha":0.1/],
          ["Verdict file, to recompute it all", /"statistics":/],
        ] as const
      ) {
        const href = await page.getByRole("link", { name }).getAttribute(
          "href",
        );
        const answer = await fetch(new URL(href ?? "", server.origin));
        assert.match(await answer.text(), shape);
      }
    });

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
        assert.match(server.asked.at(-1) ?? "", /granularity=day/);
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

    await t.step(
      "new figures arrive without a reload, and leave focus and scrolling alone",
      async () => {
        await using opened = await openPage(browser, results);
        const { page, problems } = opened;
        await page.getByText("Live", { exact: true }).waitFor();
        const { pages } = server;
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
        assert.equal(server.pages, pages);
        assert.deepEqual(problems, []);
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
      await page.getByRole("button", { name: "Go on" }).click();
      await users.waitFor();
      assert.deepEqual(problems, []);
    });

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
        await page.getByText("The same as a table").click();
        await page.locator(".timeline-table").waitFor();
        await page.goto(results);
        await page.getByLabel("Confidence").selectOption("0.1");
        await page.getByRole("button", { name: "Show" }).click();
        await page.getByText("90% interval", { exact: true }).waitFor();
        assert.deepEqual(problems, []);
      },
    );

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
      await using opened = await openPage(
        browser,
        `${server.origin}/flags/many`,
      );
      const { page, problems } = opened;
      await page.locator("table.results").getByText("variant 49").first()
        .waitFor();
      assert.equal(await overflow(page), 0);
      assert.deepEqual(problems, []);
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

    for (const colorScheme of ["light", "dark"] as const) {
      await t.step(`axe finds nothing wrong in ${colorScheme}`, async () => {
        for (const path of paths) {
          await using opened = await openPage(browser, server.origin + path, {
            colorScheme,
            reducedMotion: "reduce",
          });
          const { page, problems } = opened;
          for (const folded of await page.locator("details").all()) {
            await folded.evaluate("(element) => element.open = true");
          }
          assert.deepEqual(await accessibilityFaults(page), [], path);
          assert.deepEqual(problems, []);
        }
      });
    }

    for (const width of [360, 768, 2560]) {
      await t.step(
        `no page is wider than a window of ${width} pixels`,
        async () => {
          for (const javaScriptEnabled of [true, false]) {
            for (const path of [...paths, ...pagesOf(LONG)]) {
              await using opened = await openPage(
                browser,
                server.origin + path,
                {
                  viewport: { width, height: 800 },
                  javaScriptEnabled,
                },
              );
              assert.equal(await overflow(opened.page), 0, path);
            }
          }
        },
      );
    }
  },
});
