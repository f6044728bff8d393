import assert from "node:assert/strict";
import type { FlagEvaluation } from "../../engine/evaluation.ts";
import { chromiumMissing, launchChromium } from "./chromium.ts";
import { DashboardServer } from "./dashboard_server.ts";
import { accessibilityFaults, openPage, overflow } from "./open_page.ts";
import { busyVariant, sampleVariant } from "./sample_figures.ts";

const HOUR = 3_600_000;

if (chromiumMissing) {
  console.warn("Browser tests are left out: there is no Chromium here.");
}

/** Names that break what does not expect them. */
const NAMES = [
  `<script>alert("name")</script>`,
  "a/b c?d#e%f&g",
  "تجربة الرد على العملاء",
  "🧪 prueba ñandú 测试",
  "W".repeat(600),
];

function flagNamed(flag_name: string): FlagEvaluation {
  const now = Date.now();
  return {
    flag_name,
    first_seen: new Date(now - 40 * HOUR).toISOString(),
    last_seen: new Date(now - 9_000).toISOString(),
    variants: [busyVariant("control", 1), busyVariant("treatment", 1.31)],
  };
}

Deno.test({
  name: "the dashboard works in a browser",
  ignore: chromiumMissing,
  async fn(t) {
    await using server = await DashboardServer.start();
    const browser = await launchChromium();
    await using _closing = { [Symbol.asyncDispose]: () => browser.close() };
    const home = `${server.origin}/`;
    const replyPage = `${server.origin}/flags/reply`;

    await t.step(
      "the empty list says how to begin, and the first flag appears without a reload",
      async () => {
        await using opened = await openPage(browser, home);
        const { page, problems } = opened;
        await page.getByText("await shutdown();").waitFor();
        assert.deepEqual(await accessibilityFaults(page), []);
        await page.getByText("Live", { exact: true }).waitFor();
        const pages = server.pages;
        server.reader.put(flagNamed("reply"));
        await page.getByRole("link", { name: "reply" }).waitFor();
        assert.equal(server.pages, pages);
        assert.deepEqual(problems, []);
      },
    );

    await t.step(
      "the list leads to a flag's page with every variant",
      async () => {
        await using opened = await openPage(browser, home);
        const { page, problems } = opened;
        await page.getByRole("link", { name: "reply" }).click();
        await page.getByRole("heading", { level: 1, name: "reply" }).waitFor();
        assert.equal(await page.title(), "reply · modelab");
        const headers = page.locator("table.variants thead th");
        assert.deepEqual(await headers.allTextContents(), [
          "Figure",
          "control",
          "treatment",
        ]);
        assert.deepEqual(problems, []);
      },
    );

    await t.step(
      "another figure and granularity are shown without a reload",
      async () => {
        await using opened = await openPage(browser, replyPage);
        const { page, problems } = opened;
        await page.getByText("Live", { exact: true }).waitFor();
        const pages = server.pages;
        await page.getByRole("combobox").selectOption("avg_latency_ms");
        await page.getByText("Mean latency per hour").first().waitFor();
        await page.getByRole("radio", { name: "Days" }).check();
        await page.getByText("Mean latency per day").first().waitFor();
        assert.equal(server.asked.at(-1), "day");
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
        await using opened = await openPage(browser, replyPage);
        const { page, problems } = opened;
        await page.getByText("Live", { exact: true }).waitFor();
        const pages = server.pages;
        const select = page.getByRole("combobox");
        await select.focus();
        const place = (): Promise<unknown> =>
          page.evaluate(
            `[document.activeElement.name,
            document.activeElement.getBoundingClientRect().top, scrollY > 0]`,
          );
        const before = await place();
        const flag = flagNamed("reply");
        const control = { ...busyVariant("control", 1), users: 7_654_321 };
        const variants = [control, busyVariant("treatment", 1.31)];
        server.reader.put({ ...flag, variants });
        await page.getByText("7,654,321").waitFor();
        assert.deepEqual(await place(), before);
        const zeta = sampleVariant({ variant_name: "zeta" });
        server.reader.put({ ...flag, variants: [...variants, zeta] });
        await page.locator("table.variants thead").getByText("zeta").waitFor();
        assert.equal(server.pages, pages);
        assert.deepEqual(problems, []);
        server.reader.put(flag);
      },
    );

    await t.step("the chart is read with the arrow keys", async () => {
      await using opened = await openPage(browser, replyPage);
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
        await using opened = await openPage(browser, replyPage);
        const { page } = opened;
        await page.getByText("Live", { exact: true }).waitFor();
        server.failure = 500;
        await page.getByText(/Not updating since \d\d:\d\d:\d\d UTC/).waitFor();
        server.failure = null;
        await page.getByText("Live", { exact: true }).waitFor();
      },
    );

    await t.step(
      "it leads to the sign-in page when the session has ended",
      async () => {
        await using opened = await openPage(browser, replyPage);
        const { page } = opened;
        await page.getByText("Live", { exact: true }).waitFor();
        server.failure = 401;
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
      "without scripts it is readable, and the form chooses",
      async () => {
        await using opened = await openPage(browser, replyPage, {
          javaScriptEnabled: false,
        });
        const { page, problems } = opened;
        await page.getByText("1,004").or(page.getByText("994")).first()
          .waitFor();
        assert.equal(await page.locator("svg.chart path.line").count(), 2);
        await page.getByRole("combobox").selectOption("total_cost");
        await page.getByRole("radio", { name: "Days" }).check();
        await page.getByRole("button", { name: "Show" }).click();
        await page.getByText("Total cost per day").first().waitFor();
        await page.getByText("The same as a table").click();
        await page.locator(".timeline-table").waitFor();
        assert.deepEqual(problems, []);
      },
    );

    await t.step("any name is shown as it is, and its link works", async () => {
      for (const name of NAMES) server.reader.put(flagNamed(name));
      await using opened = await openPage(browser, home);
      const { page, problems } = opened;
      for (const name of NAMES) {
        await page.goto(home);
        await page.getByRole("link", { name, exact: true }).click();
        const heading = page.getByRole("heading", { level: 1 });
        await heading.waitFor();
        assert.equal(await heading.textContent(), name);
        await page.getByText("Live", { exact: true }).waitFor();
      }
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
        server.reader.fault = new Error("secret of the database");
        await using opened = await openPage(browser, home);
        const { page } = opened;
        await page.getByRole("heading", { name: "This page could not be made" })
          .waitFor();
        assert.equal((await page.reload())?.status(), 500);
        assert.doesNotMatch(await page.content(), /secret/);
        assert.deepEqual(await accessibilityFaults(page), []);
        server.reader.fault = null;
      },
    );

    const paths = [
      "/",
      "/flags/reply",
      `/flags/${encodeURIComponent(NAMES[4] ?? "")}`,
      "/sign-in",
    ];

    for (const colorScheme of ["light", "dark"] as const) {
      await t.step(`axe finds nothing wrong in ${colorScheme}`, async () => {
        for (const path of paths) {
          await using opened = await openPage(browser, server.origin + path, {
            colorScheme,
            reducedMotion: "reduce",
          });
          const { page, problems } = opened;
          const details = page.getByText("The same as a table");
          if (await details.count() > 0) await details.click();
          assert.deepEqual(await accessibilityFaults(page), [], path);
          assert.deepEqual(problems, []);
        }
      });
    }

    for (const width of [360, 768, 1600]) {
      await t.step(
        `no page is wider than a window of ${width} pixels`,
        async () => {
          for (const javaScriptEnabled of [true, false]) {
            for (const path of paths) {
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
