import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page, and what went wrong on it. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors of scripts, of the console, and of the content security policy. */
  readonly problems: string[];
}

/** Opens an address in a context of its own and notes whatever goes wrong. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  // What does not come soon does not come.
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      problems.push(message.text());
    }
  });
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return {
    page,
    problems,
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Waits until the islands of a page work; without any there is no script. */
export async function alive(page: Page): Promise<void> {
  if (await page.locator("script[src]").count() === 0) return;
  await page.locator(".live-live, .chart-tools button, .copy").first()
    .waitFor();
}

/** What axe finds against WCAG 2.2 AA and its best practices, in words. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result: unknown = await page.evaluate(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) =>
        id + ": " + html.slice(0, 200) + " " + failureSummary)))`,
  );
  if (!Array.isArray(result)) throw new TypeError("axe answered no list");
  return result.map(String);
}

/** Texts of tables, lists of terms and charts that cover one another. */
export async function coveredTexts(page: Page): Promise<string[]> {
  const found: unknown = await page.evaluate(`(() => {
    const covered = [];
    for (const group of document.querySelectorAll("tr, dl, svg.chart")) {
      const walker = document.createTreeWalker(group, NodeFilter.SHOW_TEXT);
      const boxes = [];
      while (walker.nextNode()) {
        const { currentNode: node } = walker;
        if (node.textContent.trim() === "" || node.parentElement.closest(
          ".visually-hidden, title, [class^=clamped], .name") !== null ||
          !node.parentElement.checkVisibility() ||
          node.parentElement.closest("thead")?.clientWidth === 1) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const { left, right, top, bottom } of range.getClientRects()) {
          boxes.push({ left, right, top, bottom, text: node.textContent });
        }
      }
      boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > 4) covered.push(a.text + " / " + b.text);
      }));
    }
    return covered.slice(0, 5);
  })()`);
  if (!Array.isArray(found)) throw new TypeError("no list of texts");
  return found.map(String);
}

/** How far the page reaches beyond the window's right edge, in pixels. */
export async function overflow(page: Page): Promise<number> {
  const pixels: unknown = await page.evaluate(
    `Math.max(0, document.documentElement.scrollWidth - innerWidth)`,
  );
  return Number(pixels);
}
