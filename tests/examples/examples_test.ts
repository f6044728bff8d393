import assert from "node:assert/strict";
import { join } from "node:path";
import type { FlagEvaluation } from "@modelab/sdk";
import { chromiumMissing, launchChromium } from "../browser/chromium.ts";
import { openPage } from "../browser/open_page.ts";
import { ROOT } from "../processes/root.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";
import { withStandIn } from "../providers/stand_in.ts";
import {
  type Places,
  PROVIDER,
  runExample,
  withExample,
} from "./running_example.ts";

/** Starts a modelab server and a stand-in for the provider. */
async function withPlaces(use: (places: Places) => Promise<void>) {
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"));
    try {
      await withStandIn(
        PROVIDER,
        (provider) => use({ provider, modelab: server.url }),
      );
    } finally {
      await server.stop("SIGTERM");
    }
  });
}

/** What all variants of a flag add up to. */
async function totals({ modelab }: Places, flag: string) {
  const response = await fetch(`${modelab}/api/v1/flags/${flag}`);
  const { variants }: FlagEvaluation = await response.json();
  const sum = (
    name: "users" | "executions" | "successes" | "failures" | "total_cost",
  ) => variants.reduce((total, variant) => total + (variant[name] ?? 0), 0);
  return {
    users: sum("users"),
    executions: sum("executions"),
    successes: sum("successes"),
    failures: sum("failures"),
    cost: Number(sum("total_cost").toFixed(6)),
  };
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: "POST", body: JSON.stringify(body) });
}

Deno.test("the examples are formatted, without fault, and compile", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "ok"],
    cwd: join(ROOT, "examples"),
  }).output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, decoder.decode(stdout) + decoder.decode(stderr));
});

Deno.test("the chat endpoint answers, and hears whether that helped", async () => {
  await withPlaces(async (places) => {
    const args = ["run", "--allow-net", "--allow-env", "chat_endpoint.ts"];
    await withExample(args, places, async (url) => {
      for (const [userId, helped] of [["u1", true], ["u2", false]] as const) {
        const answer = await post(`${url}/chat`, { userId, message: "Hi" });
        const { reply, id } = await answer.json();
        assert.equal(reply, "OK, hello!");
        const word = await post(`${url}/feedback`, { id, helped });
        assert.equal(word.status, 204);
      }
      // An id that nobody was given counts nowhere.
      const lost = await post(`${url}/feedback`, { id: "?", helped: true });
      assert.equal(lost.status, 204);
    });
    assert.deepEqual(await totals(places, "support-reply"), {
      users: 2,
      executions: 2,
      successes: 1,
      failures: 1,
      // 1,000 tokens in and 500 out, by the example's own prices.
      cost: 0.0024,
    });
  });
});

Deno.test("the streaming endpoint streams, and records the call at its end", async () => {
  await withPlaces(async (places) => {
    const args = ["run", "--allow-net", "--allow-env", "streaming_endpoint.ts"];
    await withExample(args, places, async (url) => {
      const answer = await post(`${url}/chat`, { userId: "u1", message: "Hi" });
      assert.equal(await answer.text(), "OK, hello!");
    });
    const { executions, cost } = await totals(places, "support-reply");
    assert.deepEqual([executions, cost], [1, 0.0012]);
  });
});

Deno.test("the agent makes three calls under one assignment", async () => {
  await withPlaces(async (places) => {
    const printed = await runExample(
      ["run", "--allow-net", "--allow-env", "agent.ts", "user-7", "Why?"],
      places,
    );
    assert.equal(printed, "OK, hello!\n");
    assert.deepEqual(await totals(places, "report-agent"), {
      users: 1,
      executions: 3,
      successes: 1,
      failures: 0,
      cost: 0.0036,
    });
  });
});

Deno.test("the serverless handler has sent its records when it is frozen", async () => {
  await withPlaces(async (places) => {
    // As a platform does: calls the handler, and ends once waitUntil is done.
    const host = `
      const { default: handler } = await import(${
      JSON.stringify(new URL(`file://${join(ROOT, "examples/serverless.ts")}`))
    });
      const waited = [];
      const context = { waitUntil: (work) => waited.push(work) };
      const body = JSON.stringify({ userId: "u1", message: "Hi" });
      const request = new Request("http://f/", { method: "POST", body });
      const response = await handler.fetch(request, {}, context);
      console.log((await response.json()).reply);
      await Promise.all(waited);
      Deno.exit();`;
    const printed = await runExample(["eval", host], places);
    assert.equal(printed, "OK, hello!\n");
    const { executions, successes } = await totals(places, "support-reply");
    assert.deepEqual([executions, successes], [1, 1]);
  });
});

Deno.test({
  name: "the browser client decides, records, and sends through its server",
  ignore: chromiumMissing,
  async fn() {
    await withPlaces(async (places) => {
      const args = ["run", "-A", "browser/app_server.ts"];
      const browser = await launchChromium();
      try {
        await withExample(args, places, async (url) => {
          await using opened = await openPage(browser, url);
          const { page, problems } = opened;
          await page.click("form button");
          await page.click("#helped");
          await page.waitForFunction(
            `document.querySelector("#reply").textContent === "Thank you."`,
          );
          const sent = page.waitForResponse(`${url}/modelab/api/v1/ingest`);
          // What waits goes when the page is left.
          await page.evaluate(`dispatchEvent(new Event("pagehide"))`);
          assert.equal((await sent).status(), 200);
          assert.deepEqual(
            problems.filter((text) => !text.includes("404")),
            [],
          );
        });
      } finally {
        await browser.close();
      }
      const { users, executions, successes } = await totals(
        places,
        "page-prompt",
      );
      assert.deepEqual([users, executions, successes], [1, 1, 1]);
    });
  },
});
