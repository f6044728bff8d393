import assert from "node:assert/strict";
import type { InitOptions } from "./init_options.ts";

// What the SDK may weigh in a web page, gzipped; raise it only with a reason.
const BUDGET_BYTES = 16_920;
const CORE_BUDGET_BYTES = 16_130;

const root = new URL("../", import.meta.url);
const hasNode = await runs("node", ["--version"]);
if (!hasNode && Deno.env.get("CI") !== "true") {
  console.log("skipped: whether the SDK runs on Node (needs node)");
}

/** A host that records and ends, without flush or shutdown. */
const HOST = `
const { assign, init } = await import(MODULE);
init({
  server: SERVER,
  flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
  flushIntervalMs: 1_000_000,
  ...OPTIONS,
});
for (let i = 0; i < 5; i++) {
  const assignment = assign("tone", { userId: "u" + i });
  assignment.record({ usage: { input_tokens: 1, output_tokens: 2 } });
  assignment.markSuccess();
}
// Long enough for a full batch to be on its way.
await new Promise((resolve) => setTimeout(resolve, 50));
`;

/** An app that declares flags, assigns, makes calls, marks and delivers. */
const CORE = `
import { init } from MODULE;
const lab = init({
  server: "https://lab.example",
  flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
});
const assignment = lab.assign("tone", { userId: "u" });
assignment?.run(() => fetch("https://llm.example"));
assignment?.record({});
assignment?.markSuccess();
assignment?.markFailure();
assignment?.markCustomEvent("copied");
lab.flush();
`;

Deno.test("the bundled SDK stays within its budget, and needs nothing else", async () => {
  await withBundle(async (path) => {
    const code = await Deno.readTextFile(path);
    const size = await gzipSize(code);
    assert.ok(size <= BUDGET_BYTES, `${size} bytes gzipped`);
    assert.doesNotMatch(code, /\bimport\b|\brequire\(|node:|npm:|jsr:/);
  });
});

Deno.test("what an app takes in by init() and its methods stays within its budget", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [entry, path] = [`${folder}/core.ts`, `${folder}/core.mjs`];
    const module = JSON.stringify(new URL("mod.ts", root));
    await Deno.writeTextFile(entry, CORE.replace("MODULE", module));
    await bundle(entry, path);
    const size = await gzipSize(await Deno.readTextFile(path));
    assert.ok(size <= CORE_BUDGET_BYTES, `${size} bytes gzipped`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a Deno process that runs out of work sends what waits", async () => {
  await withBundle(async (path) => {
    assert.equal(await recordsSentBy(path, [Deno.execPath(), "run", "-A"]), 15);
  });
});

Deno.test({
  name: "a Node process that runs out of work sends what waits",
  ignore: !hasNode && Deno.env.get("CI") !== "true",
  async fn() {
    await withBundle(async (path) => {
      assert.equal(await recordsSentBy(path, ["node"]), 15);
    });
  },
});

Deno.test("a process whose server is down ends well and says what it lost", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await withBundle(async (path) => {
    for (const command of commands()) {
      const { code, stderr } = await runHost(path, command, port);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /modelab: Cannot deliver 15 records/);
      assert.match(stderr, /modelab: Dropped 15 records: the process ended/);
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
  });
});

Deno.test("a process whose server never answers ends after both of its time limits", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let asked = 0;
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, async () => {
    if (asked === 0) asked = performance.now();
    await promise;
    return new Response();
  });
  // Full batches: a request is under way when the process runs out of work.
  const limits = { batchSize: 5, requestTimeoutMs: 1_000, flushTimeoutMs: 500 };
  await withBundle(async (path) => {
    for (const command of commands()) {
      const { port } = server.addr;
      asked = 0;
      const start = performance.now();
      const { code, stderr } = await runHost(path, command, port, limits);
      const end = performance.now();
      assert.equal(code, 0, stderr);
      assert.match(stderr, /modelab: Dropped 15 records: the process ended/);
      // No timer ends early. Without either limit it would take six seconds or
      // more from the first request; with both, a busy machine has three more.
      assert.ok(end - start > 1_400, `${command[0]}: ${end - start} ms`);
      assert.ok(end - asked < 5_000, `${command[0]}: ${end - asked} ms`);
    }
  });
  resolve();
  await server.shutdown();
});

function commands(): (readonly string[])[] {
  const deno = [Deno.execPath(), "run", "-A"];
  return hasNode ? [deno, ["node"]] : [deno];
}

async function recordsSentBy(
  path: string,
  command: readonly string[],
): Promise<number> {
  let records = 0;
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, async (request) => {
    const { assignments, executions, events } = await request.json();
    const accepted = assignments.length + executions.length + events.length;
    records += accepted;
    return Response.json({ accepted, duplicates: 0, rejected: [] });
  });
  const { code, stderr } = await runHost(path, command, server.addr.port);
  await server.shutdown();
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "");
  return records;
}

async function runHost(
  path: string,
  [program = "", ...args]: readonly string[],
  port: number,
  options: Partial<InitOptions> = {},
): Promise<{ code: number; stderr: string }> {
  const host = path.replace("bundle.mjs", "host.mjs");
  await Deno.writeTextFile(
    host,
    HOST.replace("MODULE", JSON.stringify(new URL(`file://${path}`)))
      .replace("SERVER", JSON.stringify(`http://127.0.0.1:${port}`))
      .replace("OPTIONS", JSON.stringify(options)),
  );
  const { code, stderr } = await new Deno.Command(program, {
    args: [...args, host],
    env: { NO_COLOR: "1" },
    // A process that does not end by itself has failed.
    signal: AbortSignal.timeout(30_000),
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

async function withBundle(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/bundle.mjs`;
    await bundle("mod.ts", path);
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function bundle(entry: string, path: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--no-lock",
      "--minify",
      "--platform",
      "browser",
      "--output",
      path,
      entry,
    ],
    cwd: root,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

async function gzipSize(code: string): Promise<number> {
  const gzip = new Blob([code]).stream().pipeThrough(
    new CompressionStream("gzip"),
  );
  return (await new Response(gzip).bytes()).length;
}

async function runs(program: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args }).output()).success;
  } catch {
    return false;
  }
}
