import assert from "node:assert/strict";
import { join } from "node:path";
import type { FlagEvaluation } from "@modelab/sdk";
import { ROOT } from "../tests/processes/root.ts";
import { runVerify } from "../tests/processes/run_verify.ts";
import { startServer } from "../tests/processes/start_server.ts";
import { withDirectory } from "../tests/processes/with_directory.ts";

const USERS = 400;

/** Runs `deno task demo`, without its build. */
async function runDemo(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-net=127.0.0.1,localhost",
      "--allow-read=.",
      "--allow-env=MODELAB_*,DENO_DEPLOYMENT_ID,NO_COLOR",
      `--allow-run=${Deno.execPath()}`,
      "demo/main.ts",
      ...args,
    ],
    cwd: ROOT,
    env: {
      MODELAB_HOST: "127.0.0.1",
      MODELAB_API_KEY: "",
      MODELAB_READ_KEY: "",
      ...env,
    },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** A row of the printed table: control and treatment, measured and true. */
function rowOf(output: string, label: string): number[] {
  const [line = ""] = output.split("\n")
    .filter((text) => text.startsWith(`${label}  `));
  const cells = line.slice(label.length).match(/[\d.]+/g) ?? [];
  assert.equal(cells.length, 4, `${label}: ${line}`);
  return cells.map(Number);
}

/** Fails unless what was measured is near to what is so. */
function assertNear(output: string, label: string, tolerance: number): void {
  const [
    control = NaN,
    trueControl = NaN,
    treatment = NaN,
    trueTreatment = NaN,
  ] = rowOf(output, label);
  assert.ok(
    Math.abs(control - trueControl) <= tolerance,
    `${label} ${control}`,
  );
  assert.ok(
    Math.abs(treatment - trueTreatment) <= tolerance,
    `${label} ${treatment}`,
  );
}

Deno.test("the demo starts a server, fills it, and prints what the app counted", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const { code, output } = await runDemo(
      { MODELAB_PORT: "0", MODELAB_KV_PATH: path },
      "--once",
      `--users=${USERS}`,
    );
    assert.equal(code, 0, output);
    assert.match(output, /^Started a server at http:\/\/localhost:\d+$/m);
    assert.match(output, /^400 of 400 users served$/m);
    assert.match(
      output,
      /^The server counted exactly what the app counted\.$/m,
    );
    assert.match(
      output,
      /^(?:Ship treatment|Keep running): .*success rate of \d\d\.\d% against /m,
    );
    assert.match(
      output,
      /^Dashboard: http:\/\/localhost:\d+\/flags\/support-reply-demo$/m,
    );
    assert.match(
      output,
      /^A flag whose prompt .*: http:\S+\/flags\/support-prompt-demo$/m,
    );
    for (const label of ["users", "executions", "ratings"]) {
      const [control, trueControl, treatment, trueTreatment] = rowOf(
        output,
        label,
      );
      assert.equal(control, trueControl);
      assert.equal(treatment, trueTreatment);
    }
    const users = rowOf(output, "users");
    assert.equal((users[0] ?? 0) + (users[2] ?? 0), USERS);

    const [success = NaN, , betterSuccess = NaN] = rowOf(
      output,
      "success rate",
    );
    assert.ok(betterSuccess > success);
    const better = ["error rate", "latency p50", "latency p95"];
    for (const label of better) {
      const [control = NaN, , treatment = NaN] = rowOf(output, label);
      assert.ok(treatment < control, label);
    }
    for (const label of ["cost per call", "cost per success"]) {
      const [control = NaN, , treatment = NaN] = rowOf(output, label);
      assert.ok(treatment > control, label);
    }
    // The traffic is the same in every run, and so are its errors of chance.
    assertNear(output, "success rate", 5);
    assertNear(output, "error rate", 2);
    assertNear(output, "latency p50", 100);
    assertNear(output, "cost per call", 0.00001);

    const found = await runVerify(path);
    assert.equal(found.code, 0, found.output);
    const [records = ""] = /^\d+/.exec(found.output) ?? [];
    assert.match(
      output,
      new RegExp(`^${records} records are durable, 0 `, "m"),
    );
  });
});

Deno.test("the demo uses the server that runs, with its keys, and leaves it running", async () => {
  await withDirectory(async (directory) => {
    const keys = { apiKey: "write-key", readKey: "read-key" };
    const server = await startServer(join(directory, "data.kv"), keys);
    const env = {
      MODELAB_PORT: new URL(server.url).port,
      MODELAB_API_KEY: keys.apiKey,
      MODELAB_READ_KEY: keys.readKey,
    };
    const first = await runDemo(env, "--users=100");
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /^Using the server at /m);
    const again = await runDemo(env, "--users=100");
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, /includes earlier runs/);

    const response = await fetch(
      `${server.url}/api/v1/flags/support-reply-demo`,
      {
        headers: { "x-api-key": keys.readKey },
      },
    );
    const { variants }: FlagEvaluation = await response.json();
    const sum = (name: "users" | "assignments"): number =>
      variants.reduce((total, variant) => total + variant[name], 0);
    assert.equal(sum("users"), 100);
    const prompts = await fetch(
      `${server.url}/api/v1/flags/support-prompt-demo`,
      { headers: { "x-api-key": keys.readKey } },
    );
    const changed: FlagEvaluation = await prompts.json();
    assert.equal(changed.analysis?.decision.rule, "config_changed");
    assert.deepEqual(
      changed.analysis?.health.configs.map(({ variant_name }) => variant_name),
      ["short", "polite", "polite"],
    );
    assert.equal(sum("assignments"), 200);

    const locked = await runDemo({ ...env, MODELAB_READ_KEY: "wrong" });
    assert.equal(locked.code, 1);
    assert.match(locked.output, /^modelab: Cannot evaluate .* status 401/m);
    assert.doesNotMatch(locked.output, /users served/);
    const mute = await runDemo(
      { ...env, MODELAB_API_KEY: "wrong" },
      "--users=9",
    );
    assert.equal(mute.code, 1);
    assert.match(mute.output, /^modelab: Cannot send records .* status 401/m);
    assert.doesNotMatch(mute.output, /users served/);
    assert.equal((await server.stop("SIGTERM")).code, 0);
  });
});

Deno.test("the demo says what is wrong with the command line", async () => {
  for (const args of [["--users=0"], ["--user=5"]]) {
    const { code, output } = await runDemo({}, ...args);
    assert.equal(code, 1);
    assert.match(output, /^The demo cannot run: .*--users/);
  }
});
