import assert from "node:assert/strict";
import type { ReportCode } from "../storage/http/report.ts";
import type { InitOptions } from "./init_options.ts";
import { Modelab } from "./modelab.ts";

// Promise 8: no fault of network or server reaches the host.

interface Run {
  readonly modelab: Modelab;
  readonly codes: ReportCode[];
}

/** A host that makes more records than the queue holds, while it can. */
async function runHost(
  server: string,
  options: Partial<InitOptions> = {},
): Promise<Run> {
  const codes: ReportCode[] = [];
  const modelab = new Modelab({
    server,
    flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
    maxQueue: 300,
    flushTimeoutMs: 100,
    requestTimeoutMs: 50,
    onError: ({ code }) => codes.push(code),
    ...options,
  });
  for (let turn = 0; turn < 10; turn++) {
    for (let user = 0; user < 20; user++) {
      const assignment = modelab.assign("tone", { userId: `u${user}` });
      assert.ok(assignment !== null);
      assignment.record(null, { latencyMs: 5 });
      assignment.markSuccess();
      assert.ok(modelab.stats().queued <= (options.maxQueue ?? 300));
    }
    // Lets requests go out and fail between two turns of the host.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { modelab, codes };
}

function assertSettled({ modelab }: Run): void {
  const { queued, sent, duplicates, rejected, dropped } = modelab.stats();
  assert.equal(queued, 0);
  assert.equal(sent + duplicates + rejected + dropped, 600);
}

async function withServer(
  handler: (request: Request) => Response | Promise<Response>,
  run: (address: string) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, async (request) => {
    await request.body?.cancel();
    return await handler(request);
  });
  try {
    await run(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

/** A port at which nobody listens. */
function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("a server that is down costs the host nothing but its records", async () => {
  const run = await runHost(`http://127.0.0.1:${closedPort()}`);
  assert.ok(run.modelab.stats().dropped >= 300);
  await run.modelab.flush();
  assert.equal(await run.modelab.evaluate("tone"), null);
  await run.modelab.shutdown();
  assertSettled(run);
  assert.equal(run.modelab.stats().dropped, 600);
  assert.ok(run.codes.includes("delivery_failed"));
  assert.ok(run.codes.includes("records_dropped"));
  assert.ok(run.codes.includes("evaluation_failed"));
});

Deno.test("a server that answers 500 costs the host nothing but its records", async () => {
  await withServer(
    () => new Response("oops", { status: 500 }),
    async (address) => {
      const run = await runHost(address);
      assert.equal(await run.modelab.evaluate("tone"), null);
      await run.modelab.shutdown();
      assertSettled(run);
      assert.equal(run.modelab.stats().dropped, 600);
    },
  );
});

Deno.test("a server that answers garbage is not believed", async () => {
  await withServer(() => new Response("<html>hello"), async (address) => {
    const run = await runHost(address);
    assert.equal(await run.modelab.evaluate("tone"), null);
    await run.modelab.shutdown();
    assertSettled(run);
    assert.equal(run.modelab.stats().sent, 0);
  });
});

Deno.test("a server that hangs holds up neither host nor shutdown", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await withServer(async () => {
    await promise;
    return new Response();
  }, async (address) => {
    try {
      const run = await runHost(address);
      await run.modelab.flush();
      assert.equal(await run.modelab.evaluate("tone"), null);
      await run.modelab.shutdown();
      assertSettled(run);
      assert.equal(run.modelab.stats().dropped, 600);
    } finally {
      resolve();
    }
  });
});

Deno.test("a server that comes back gets what was kept for it", async () => {
  let up = false;
  let taken = 0;
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, async (request) => {
    const { assignments, executions, events } = await request.json();
    if (!up) return new Response(null, { status: 503 });
    const accepted = assignments.length + executions.length + events.length;
    taken += accepted;
    return Response.json({ accepted, duplicates: 0, rejected: [] });
  });
  const run = await runHost(`http://127.0.0.1:${server.addr.port}`, {
    maxQueue: 10_000,
    flushTimeoutMs: 10_000,
    requestTimeoutMs: 10_000,
  });
  up = true;
  await run.modelab.shutdown();
  assertSettled(run);
  assert.equal(run.modelab.stats().sent, 600);
  assert.equal(taken, 600);
  await server.shutdown();
});
