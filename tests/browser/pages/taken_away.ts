import assert from "node:assert/strict";
import type { Dashboard } from "../dashboard.ts";
import { coveredTexts, openPage, overflow } from "../open_page.ts";

/** What leaves the dashboard: files, pictures and paper. */
export async function takenAway(
  t: Deno.TestContext,
  { server, browser }: Dashboard,
): Promise<void> {
  const results = `${server.origin}/flags/reply`;
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

  await t.step("every page gives what it shows as CSV and JSON", async () => {
    const heads: readonly (readonly [string, RegExp])[] = [
      ["/?search=reply", /^flag,variants,status,.*\r\nreply,/],
      [
        "/trends/reply?granularity=hour",
        /^time,variant,assignments,.*\r\n\d{4}-/,
      ],
      [
        "/trends/reply?table=effect",
        /^time,metric,control,variant,.*\r\n\d{4}-/,
      ],
      [
        "/distributions/reply",
        /^figure,unit,variant,.*\r\nlatency,ms,control,/,
      ],
      ["/health/reply", /^check,status,message\r\nsample_ratio,/],
      [
        "/records/reply?variant=control",
        /^assignment_id,variant_name,.*\r\n.*,control,/,
      ],
    ];
    for (const [path, head] of heads) {
      const address = new URL(path, server.origin);
      address.searchParams.set("format", "csv");
      const table = await fetch(address);
      assert.match(table.headers.get("content-type") ?? "", /^text\/csv/, path);
      assert.match(await table.text(), head);
      address.searchParams.set("format", "json");
      const data = await fetch(address);
      assert.match(
        data.headers.get("content-disposition") ?? "",
        /^attachment; filename="[\w.-]+\.json"$/,
      );
      assert.equal(typeof await data.json(), "object");
    }
  });

  await t.step("the links to files are those of what is shown", async () => {
    await using opened = await openPage(
      browser,
      `${server.origin}/records/reply?variant=control`,
    );
    const { page } = opened;
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "This page as CSV" }).click();
    const file = await download;
    assert.equal(file.suggestedFilename(), "reply_records.csv");
    const text = await Deno.readTextFile(await file.path());
    assert.match(text, /,control,/);
    assert.doesNotMatch(text, /,treatment,/);
  });

  await t.step(
    "each chart is saved as a picture that stands alone",
    async () => {
      for (
        const [path, charts] of [["flags", 1], ["trends", 2], [
          "distributions",
          2,
        ]]
      ) {
        await using opened = await openPage(
          browser,
          `${server.origin}/${path}/reply`,
        );
        const { page, problems } = opened;
        const buttons = page.getByRole("button", { name: /^Save as SVG/ });
        // What is far below is kept fresh only when it comes near.
        await page.locator("svg.chart").first().scrollIntoViewIfNeeded();
        await buttons.first().waitFor();
        assert.equal(await buttons.count(), charts);
        for (const button of await buttons.all()) {
          const download = page.waitForEvent("download");
          await button.click();
          const file = await download;
          assert.match(file.suggestedFilename(), /^reply_[\w.-]+\.svg$/);
          const text = await Deno.readTextFile(await file.path());
          assert.match(
            text,
            /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/,
          );
          assert.match(text, /<title>.*, by variant<\/title>/);
          assert.match(text, /stroke="rgb\(/);
          assert.doesNotMatch(text, /class=|style=|role="slider"/);
        }
        assert.deepEqual(problems, []);
      }
    },
  );

  await t.step("on paper a page is a report without controls", async () => {
    await using opened = await openPage(
      browser,
      `${server.origin}/flags/reply`,
      {
        viewport: { width: 760, height: 1000 },
      },
    );
    const { page } = opened;
    await page.getByText("Live", { exact: true }).waitFor();
    await page.emulateMedia({ media: "print" });
    for (
      const hidden of [".flag-nav", ".controls", ".take-away", ".live-box"]
    ) {
      assert.equal(
        await page.locator(hidden).first().isVisible(),
        false,
        hidden,
      );
    }
    assert.ok(await page.locator("table.results").isVisible());
    assert.ok(await page.locator(".flag-figures table").isVisible());
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await coveredTexts(page), []);
    // Nothing on paper scrolls: a table has to have room.
    const cut = `[...document.querySelectorAll("table")].filter((table) =>
      table.offsetWidth > table.parentElement.clientWidth + 1).length`;
    assert.equal(await page.evaluate(cut), 0);
  });
}
