import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { DashboardServer } from "./dashboard_server.ts";

/** A server and a browser, which the tests of all pages share. */
export interface Dashboard extends AsyncDisposable {
  readonly server: DashboardServer;
  readonly browser: Browser;
}

/** Starts both. */
export async function openDashboard(): Promise<Dashboard> {
  const server = await DashboardServer.start();
  const browser = await launchChromium();
  return {
    server,
    browser,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
