import assert from "node:assert/strict";
import { App } from "fresh";
import { request, withErrorLog } from "./testdata/request.ts";

/** An app on a port, and the status of its answer. */
async function withPort(
  app: App<unknown>,
  run: (port: number) => Promise<void>,
): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const handle = app.handler();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
    onError() {
      resolve(500);
      return new Response(null, { status: 500 });
    },
  }, async (req, info) => {
    const response = await handle(req, info);
    resolve(response.status);
    return response;
  });
  try {
    await run(server.addr.port);
    return await promise;
  } finally {
    await server.shutdown();
  }
}

/** Sends text as it is, and closes the connection. */
async function sendRaw(
  port: number,
  text: string,
  awaitAnswer = false,
): Promise<void> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(text));
  if (awaitAnswer) await connection.read(new Uint8Array(1));
}

Deno.test("App answers 400 when a Host makes no URL, and logs nothing", async () => {
  const app = new App().get("/", (ctx) => ctx.text("ok"));
  for (
    const [host, status] of [
      ["localhost", 200],
      ["a b", 400],
      ["[::", 400],
      ["evil%zz", 400],
      ["a:99999", 400],
    ] as const
  ) {
    const logged = await withErrorLog(async () => {
      const text = `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
      assert.equal(
        await withPort(app, (port) => sendRaw(port, text, true)),
        status,
        host,
      );
    });
    assert.deepEqual(logged, [], host);
  }
});

Deno.test("App logs nothing when a client goes before its body has ended", async () => {
  const text = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc";
  for (const read of ["text", "chunks"]) {
    for (const hasPage of [false, true]) {
      const app = new App();
      if (hasPage) app.onError("*", (ctx) => ctx.text("page"));
      app.post("/", async (ctx) => {
        if (read === "text") return ctx.text(await ctx.req.text());
        for await (const _ of ctx.req.body ?? []);
        return ctx.text("whole");
      });
      const logged = await withErrorLog(async () => {
        await withPort(app, (port) => sendRaw(port, text));
      });
      assert.deepEqual(logged, [], `${read}, ${hasPage}`);
    }
  }
});

Deno.test("App logs nothing when a client resets its connection", async () => {
  const app = new App().post("/", () => {
    // As the body's: Deno's own sockets close, and cannot reset.
    throw new Deno.errors.Http("unexpected EOF while reading HTTP/1 body");
  });
  const logged = await withErrorLog(async () => {
    assert.equal((await request(app, "/", { method: "POST" })).status, 400);
  });
  assert.deepEqual(logged, []);
});

Deno.test("App logs a resource of its own that is gone", async () => {
  const error = new Deno.errors.BadResource("Bad resource ID");
  const app = new App().get("/", () => {
    throw error;
  });
  const logged = await withErrorLog(async () => {
    assert.equal((await request(app, "/")).status, 500);
  });
  assert.deepEqual(logged, [error]);
});
