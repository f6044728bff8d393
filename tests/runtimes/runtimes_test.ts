import assert from "node:assert/strict";
import { chromiumMissing, launchChromium } from "../browser/chromium.ts";
import vectors from "../vectors/assignment.json" with { type: "json" };
import { npmMissing, type Runtime, RUNTIMES } from "./runtime.ts";
import { type SdkProject, testdata, withSdkProject } from "./sdk_project.ts";
import { startStandIn } from "./stand_in.ts";

const FILES = Object.fromEntries(
  [
    "bench.js",
    "calls.js",
    "faults.js",
    "suite.js",
    "run_suite.js",
    "leaver.js",
    "page.html",
  ]
    .map((name) => [name, testdata(name)]),
);

interface CaseResult {
  readonly name: string;
  readonly error: string | null;
}

/** The vectors that a flag of the SDK can have, as flags and their users. */
function casesOfFlags(): unknown {
  const names = new Map<string, Record<string, unknown>>();
  const lists = new Map<string, unknown[]>();
  for (const [name, user, , rolloutPct, weights, variant] of vectors.cases) {
    if (typeof name !== "string" || typeof user !== "string") continue;
    if (typeof weights !== "number" || name.trim() === "") continue;
    const key = JSON.stringify([name, rolloutPct, weights]);
    names.set(key, {
      name,
      rolloutPct,
      variants: vectors.weights[weights]?.map((weight, index) => ({
        name: String(index),
        weight,
      })),
    });
    const list = lists.get(key) ?? [];
    list.push([user, variant === null ? null : String(variant)]);
    lists.set(key, list);
  }
  return [...names].map(([key, flag]) => ({ flag, cases: lists.get(key) }));
}

async function assertAll(
  context: Deno.TestContext,
  results: readonly CaseResult[],
): Promise<void> {
  assert.ok(results.length >= 23, `${results.length} cases`);
  for (const { name, error } of results) {
    await context.step(name, () => {
      if (error !== null) throw new Error(error);
    });
  }
}

async function behaviourOn(
  project: SdkProject,
  runtime: Runtime,
): Promise<CaseResult[]> {
  await using standIn = startStandIn(project.directory, casesOfFlags());
  const { code, stdout, stderr } = await project.run(
    runtime,
    "run_suite.js",
    standIn.url,
  );
  assert.deepEqual([code, stderr], [0, ""], runtime.name);
  const server = `${standIn.url}/leaver`;
  const left = await project.run(runtime, "leaver.js", server);
  assert.deepEqual([left.code, left.stderr], [0, ""], runtime.name);
  const { ids } = await (await fetch(`${server}/log`)).json();
  return [...JSON.parse(stdout), {
    name: "a process that runs out of work sends what waits",
    error: ids === 15 ? null : `${ids} of 15 came`,
  }];
}

Deno.test({
  name: "the SDK's behaviour on Deno, Node and Bun",
  ignore: npmMissing,
  async fn(context) {
    await withSdkProject(FILES, async (project) => {
      const runtimes = RUNTIMES.filter(({ missing }) => !missing);
      const all = await Promise.all(
        runtimes.map((runtime) => behaviourOn(project, runtime)),
      );
      for (const [index, { name }] of runtimes.entries()) {
        await context.step(name, (step) => assertAll(step, all[index] ?? []));
      }
    });
  },
});

Deno.test({
  name: "the SDK's behaviour in Chromium",
  ignore: chromiumMissing || npmMissing,
  async fn(context) {
    await withSdkProject(FILES, async (project) => {
      await using standIn = startStandIn(project.directory, casesOfFlags());
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        const problems: string[] = [];
        page.on("pageerror", (error) => problems.push(String(error)));
        await page.goto(`${standIn.url}/page.html`);
        const results: CaseResult[] = await page.evaluate(
          `import("/suite.js").then(async ({ runCases }) =>
            runCases(location.origin, await (await fetch("/vectors.json")).json()))`,
        );
        await assertAll(context, results);
        assert.deepEqual(problems, []);
        await context.step("a page that is left sends what waits", async () => {
          await page.evaluate(
            `import("@modelab/sdk").then(({ Modelab }) => {
              const lab = new Modelab({
                server: location.origin + "/left",
                flags: [{ name: "tone", variants: [{ name: "a" }] }],
                flushIntervalMs: 1_000_000,
              });
              for (let n = 0; n < 40; n++) {
                lab.assign("tone", { userId: "user-" + n }).markSuccess();
              }
            })`,
          );
          await page.goto("about:blank");
          const deadline = performance.now() + 5_000;
          let ids = 0;
          while (ids < 80 && performance.now() < deadline) {
            await new Promise((resolve) => setTimeout(resolve, 20));
            ids = (await (await fetch(`${standIn.url}/left/log`)).json()).ids;
          }
          assert.equal(ids, 80);
        });
      } finally {
        await browser.close();
      }
    });
  },
});
