/**
 * Chromium for the tests that need a real browser.
 *
 * @module
 */

import type { Browser } from "playwright-core";

const EXECUTABLE_PATH = "/usr/bin/chromium";

/**
 * Whether browser tests must be skipped, for `Deno.test`'s `ignore`.
 *
 * It is never true where the environment variable `CI` is `"true"`: there, a
 * missing browser is a failed test and not a silent gap.
 *
 * @example
 * ```ts ignore
 * Deno.test({ name: "the page hydrates", ignore: chromiumMissing, fn });
 * ```
 */
export const chromiumMissing: boolean = Deno.env.get("CI") !== "true" &&
  !exists(EXECUTABLE_PATH);

/**
 * Starts a headless Chromium that makes no request of its own.
 *
 * @returns the browser; the caller closes it
 * @throws {Error} when Chromium is not at `/usr/bin/chromium`
 *
 * @example
 * ```ts ignore
 * const browser = await launchChromium();
 * try {
 *   const page = await browser.newPage();
 *   await page.goto("http://127.0.0.1:8100/");
 * } finally {
 *   await browser.close();
 * }
 * ```
 */
export async function launchChromium(): Promise<Browser> {
  // Keeps Playwright from looking for Windows in /proc, which Deno opens to
  // none but a process that may do anything.
  Deno.env.set("__IS_WSL_TEST__", "1");
  // Loaded here, since loading it alone takes permissions and time.
  const { chromium } = await import("playwright-core");
  return await chromium.launch({
    executablePath: EXECUTABLE_PATH,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    // A permission that was not granted must not look like a missing browser.
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
