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

/** How far the page reaches beyond the window's right edge, in pixels. */
export async function overflow(page: Page): Promise<number> {
  const pixels: unknown = await page.evaluate(
    `Math.max(0, document.documentElement.scrollWidth - innerWidth)`,
  );
  return Number(pixels);
}
