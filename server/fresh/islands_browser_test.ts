import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { App, staticFiles } from "fresh";
import {
  chromiumMissing,
  launchChromium,
} from "../../tests/browser/chromium.ts";
import { applyTestBuild } from "./testdata/build.ts";

const STRICT_POLICY = "default-src 'none'; script-src 'self'; " +
  "connect-src 'self'; style-src 'self'; base-uri 'none'";

async function withPage(
  path: string,
  test: (page: Page, problems: string[]) => Promise<void>,
): Promise<void> {
  const app = new App<unknown>()
    .use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("Content-Security-Policy", STRICT_POLICY);
      return response;
    })
    .use(staticFiles())
    .fsRoutes();
  await applyTestBuild(app);
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    app.handler(),
  );
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${server.addr.port}${path}`);
    await test(page, problems);
  } finally {
    await browser.close();
    await server.shutdown();
  }
}

function browserTest(
  name: string,
  path: string,
  test: (page: Page, problems: string[]) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: chromiumMissing,
    // The browser's own process and pipes are closed by the time it returns.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => withPage(path, test),
  });
}

browserTest(
  "islands hydrate under a policy without inline scripts, and share a signal",
  "/",
  async (page, problems) => {
    await page.getByRole("button", { name: "one" }).click();
    await page.locator("output", { hasText: "4" }).nth(2).waitFor();
    await page.getByRole("button", { name: "two" }).click();
    await page.locator("output", { hasText: "5" }).nth(2).waitFor();

    assert.deepEqual(await page.locator("output").allTextContents(), [
      "5",
      "5",
      "5",
    ]);
    assert.deepEqual(problems, []);
  },
);

browserTest(
  "an island among another's children hydrates with it",
  "/",
  async (page, problems) => {
    await page.getByRole("button", { name: "inner" }).click();
    await page.locator("output", { hasText: "4" }).nth(2).waitFor();

    assert.equal(await page.locator("em.slot").textContent(), "slot");
    assert.deepEqual(problems, []);
  },
);

browserTest(
  "children that an island shows later appear when it does, islands alive",
  "/",
  async (page, problems) => {
    assert.equal(await page.locator(".content").count(), 0);
    await page.getByRole("button", { name: "Details" }).click();
    await page.locator(".content strong", { hasText: "hidden" }).waitFor();
    await page.getByRole("button", { name: "late" }).click();
    await page.locator(".content output", { hasText: "4" }).waitFor();
    await page.getByRole("button", { name: "Details" }).click();
    await page.locator(".content").waitFor({ state: "detached" });

    assert.deepEqual(problems, []);
  },
);

browserTest(
  "hydration keeps the elements that the server rendered",
  "/about",
  async (page, problems) => {
    const released = Promise.withResolvers<void>();
    await page.route("**/boot.js", async (route) => {
      await released.promise;
      await route.continue();
    });
    await page.goto(new URL("/", page.url()).href, { waitUntil: "commit" });
    const slot = page.locator("em.slot");
    await slot.waitFor();
    const rendered = await slot.elementHandle();
    released.resolve();
    await page.locator('.values[data-browser="true"]').waitFor();
    await page.getByRole("button", { name: "inner" }).click();
    await page.locator("output", { hasText: "4" }).nth(2).waitFor();

    assert.equal(
      await rendered?.evaluate((element) => element.isConnected),
      true,
    );
    assert.deepEqual(problems, []);
  },
);

browserTest(
  "props arrive in the browser with their types",
  "/",
  async (page, problems) => {
    const values = page.locator('.values[data-browser="true"]');
    await values.waitFor();

    assert.equal(
      await values.textContent(),
      "date=[object Date] big=[object BigInt] map=[object Map] " +
        "text=[object String]",
    );
    assert.match(
      await values.getAttribute("data-asset") ?? "",
      /^\/x\?__frsh_c=[0-9a-f]{16}$/,
    );
    assert.deepEqual(problems, []);
  },
);

browserTest(
  "a page without islands loads no script",
  "/about",
  async (page, problems) => {
    assert.equal(await page.locator("script").count(), 0);
    assert.deepEqual(problems, []);
  },
);
