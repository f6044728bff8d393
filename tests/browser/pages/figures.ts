import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Dashboard } from "../dashboard.ts";
import { alive, openPage } from "../open_page.ts";
import { openSlowLine } from "../slow_line.ts";
import { sampleRecords } from "../sample_records.ts";

/** Bytes of script that a page may load, each file gzipped. */
const SCRIPT_BUDGET = 25 * 1024;
const WITH_ISLANDS = [
  "/",
  "/flags/reply",
  "/trends/reply",
  "/distributions/reply",
  "/setup/reply",
];
const WITHOUT_ISLANDS = ["/health/reply", "/records/reply", "/sign-in"];

/** Notes every layout shift that no input explains. */
const WATCH_SHIFTS = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const what = sources.map(({ node }) =>
        (node?.outerHTML ?? node?.textContent ?? "").slice(0, 100));
      window.shifts.push({ value, what });
    }
  }).observe({ type: "layout-shift", buffered: true });`;

/** Figures that each page has to reach. */
export async function figures(
  t: Deno.TestContext,
  { server, browser }: Dashboard,
): Promise<void> {
  for (const width of [360, 1280]) {
    await t.step(
      `a page of ${width} pixels needs little script, and nothing moves on it while its figures grow`,
      async () => {
        for (const path of [...WITH_ISLANDS, ...WITHOUT_ISLANDS]) {
          await using opened = await openPage(browser, "about:blank", {
            viewport: { width, height: 800 },
            timezoneId: "Asia/Kolkata",
          });
          const { page } = opened;
          await page.addInitScript(WATCH_SHIFTS);
          const scripts: Promise<number>[] = [];
          page.on("response", (response) => {
            if (response.request().resourceType() !== "script") return;
            scripts.push(response.body().then(gzippedSize));
          });
          await page.goto(server.origin + path);
          await alive(page);
          await page.waitForTimeout(250);
          assert.deepEqual(await shifts(page), [], path);
          const sizes = await Promise.all(scripts);
          const size = sizes.reduce((sum, one) => sum + one, 0);
          const atMost = WITH_ISLANDS.includes(path) ? SCRIPT_BUDGET : 0;
          assert.ok(size <= atMost, `${path}: ${size} bytes of script`);
          assert.equal(size === 0, atMost === 0, path);
          if (["/flags/reply", "/trends/reply", "/"].includes(path)) {
            for (const users of [5, 300]) {
              const asked = server.asked.length;
              await server.ingest(sampleRecords({
                flag: "reply",
                users,
                prefix: `shift-${width}-${path}-${users}`,
              }));
              while (server.asked.length === asked) {
                await page.waitForTimeout(100);
              }
              await page.waitForTimeout(500);
            }
            assert.deepEqual(await shifts(page), [], path);
          }
        }
      },
    );
  }

  await t.step("on a slow line a page shows when it is whole", async () => {
    await using line = openSlowLine(server.origin);
    for (const path of ["/records/reply", "/flags/reply", "/health/reply"]) {
      await using opened = await openPage(browser, "about:blank");
      const { page } = opened;
      await page.addInitScript(WATCH_SHIFTS);
      page.setDefaultTimeout(60_000);
      await page.goto(line.origin + path);
      await alive(page);
      await page.waitForTimeout(250);
      assert.deepEqual(await shifts(page), [], path);
      await page.locator("main").waitFor({ state: "visible" });
    }
  });

  await t.step(
    "times are in the viewer's zone, with UTC on hover",
    async () => {
      const path = `${server.origin}/flags/reply`;
      await using opened = await openPage(browser, path, {
        timezoneId: "Asia/Kolkata",
      });
      const { page, problems } = opened;
      const time = page.locator("time.instant").first();
      await time.getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+05:30$/)
        .waitFor();
      const iso = await time.getAttribute("datetime") ?? "";
      const utc = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
      assert.equal(await time.getAttribute("title"), utc);
      const local = new Date(Date.parse(iso) + 5.5 * 3_600_000).toISOString();
      assert.equal(
        await time.textContent(),
        `${local.slice(0, 10)} ${local.slice(11, 19)} +05:30`,
      );
      await using plain = await openPage(browser, path, {
        timezoneId: "Asia/Kolkata",
        javaScriptEnabled: false,
      });
      const rendered = plain.page.locator("time.instant").first();
      assert.equal(await rendered.textContent(), utc);
      assert.deepEqual(problems, []);
    },
  );

  await t.step(
    "charts of minutes and hours are in the viewer's zone, those of days in UTC",
    async () => {
      const path = `${server.origin}/trends/reply`;
      await using opened = await openPage(browser, `${path}?granularity=hour`, {
        timezoneId: "Asia/Kolkata",
      });
      const { page, problems } = opened;
      const time = page.locator(".legend-time span").first();
      await time.getByText(/^\w{3} \d+, \d\d:30 \+05:30$/).waitFor();
      assert.match(
        await time.getAttribute("title") ?? "",
        /^\w{3} \d+, \d\d:00 UTC$/,
      );
      await page.getByText("in your zone.").waitFor();
      await page.goto(`${path}?granularity=day`);
      await page.getByText("in your zone.").waitFor();
      assert.match(await time.innerText(), /^\w{3} \d+, \d{4} UTC$/);
      assert.deepEqual(problems, []);
    },
  );

  await t.step(
    "the Tab key reaches every control, and shows where it is",
    async () => {
      for (const path of [...WITH_ISLANDS, ...WITHOUT_ISLANDS]) {
        await using opened = await openPage(browser, server.origin + path);
        const { page } = opened;
        await alive(page);
        const { stops, missed, unseen } = await walk(page);
        assert.ok(stops > 2, path);
        assert.deepEqual(unseen, [], `${path}: focus that is not seen`);
        assert.deepEqual(missed, [], `${path}: controls not reached`);
      }
    },
  );

  await t.step("what a chart shows can be read without a pointer", async () => {
    for (const path of ["flags", "trends", "distributions"]) {
      await using opened = await openPage(
        browser,
        `${server.origin}/${path}/reply`,
      );
      const { page } = opened;
      const charts = page.locator("section:has(svg.chart)");
      assert.ok(await charts.count() > 0);
      for (const section of await charts.all()) {
        const fold = section.getByText("Show as a table");
        if (await fold.count() > 0) {
          await fold.focus();
          await page.keyboard.press("Enter");
        }
        const table = section.locator(".scroll-box[tabindex='0'] table");
        await table.first().waitFor();
        assert.match(await table.first().innerText(), /treatment[\s\S]*\d/);
      }
    }
  });
}

interface Shift {
  readonly value: number;
  readonly what: unknown;
}

async function shifts(page: Page): Promise<Shift[]> {
  return await page.evaluate<Shift[]>("window.shifts");
}

async function gzippedSize(body: Uint8Array): Promise<number> {
  const stream = new Blob([Uint8Array.from(body)]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

interface Walk {
  /** Places that a key should stop at. */
  readonly stops: number;
  /** Those of them that it did not reach. */
  readonly missed: unknown;
  /** Those where the focus is not drawn. */
  readonly unseen: readonly string[];
}

/** Walks a page with the Tab key, from its start to its end. */
async function walk(page: Page): Promise<Walk> {
  const expected: unknown = await page.evaluate(`(() => {
    document.activeElement?.blur();
    const all = [...document.querySelectorAll(
      "a[href], button, input, select, summary, [tabindex='0']")]
      .filter((element) => element.checkVisibility() && !element.disabled);
    // A group of radio buttons is one stop.
    const stops = all.filter((element) => element.type !== "radio" ||
      element.checked);
    window.stops = stops;
    return stops.length;
  })()`);
  const unseen: string[] = [];
  let reached = 0;
  // Chromium stops at what scrolls as well.
  for (; reached <= 2 * Number(expected); reached++) {
    await page.keyboard.press("Tab");
    const stop: unknown = await page.evaluate(`(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      if (element.seen) return null;
      element.seen = true;
      const drawn = [element, element.closest("label")].some((one) =>
        one !== null && getComputedStyle(one).outlineStyle !== "none");
      return drawn ? "" : element.outerHTML.slice(0, 120);
    })()`);
    if (stop === null) break;
    if (stop !== "") unseen.push(String(stop));
  }
  const missed: unknown = await page.evaluate(
    `stops.filter(({ seen }) => !seen).map((one) => one.outerHTML.slice(0, 120))`,
  );
  return { stops: Number(expected), missed, unseen };
}
