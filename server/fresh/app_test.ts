import assert from "node:assert/strict";
import { App, HttpError } from "fresh";
import { request, withErrorLog } from "./testdata/request.ts";

Deno.test("App answers by method, and 405 where a path has another", async () => {
  const app = new App()
    .get("/x", (ctx) => ctx.text("got"))
    .post("/x", (ctx) => ctx.text("posted"));

  assert.equal((await request(app, "/x")).text, "got");
  assert.equal((await request(app, "/x", { method: "POST" })).text, "posted");
  assert.equal((await request(app, "/x", { method: "PUT" })).status, 405);
  assert.equal((await request(app, "/y")).status, 404);
});

Deno.test("App answers OPTIONS with the methods of the path", async () => {
  const app = new App().get("/x", () => new Response())
    .delete("/x", () => new Response());

  const { status, headers } = await request(app, "/x", { method: "OPTIONS" });
  assert.equal(status, 204);
  assert.equal(headers.get("Allow"), "GET, DELETE");
});

Deno.test("App answers HEAD from GET, without the body", async () => {
  const app = new App().get("/x", (ctx) => ctx.json({ a: 1 }));

  const { status, headers, text } = await request(app, "/x", {
    method: "HEAD",
  });
  assert.equal(status, 200);
  assert.equal(headers.get("Content-Type"), "application/json");
  assert.equal(text, "");
});

Deno.test("App finds a route with or without a slash at the end", async () => {
  const app = new App().get("/x", (ctx) => ctx.text(ctx.url.pathname));

  assert.equal((await request(app, "/x/")).text, "/x/");
});

Deno.test("App collapses slashes in ctx.url, and keeps ctx.req.url as it came", async () => {
  const app = new App().get("/a/b", (ctx) => {
    return ctx.json([ctx.url.pathname, new URL(ctx.req.url).pathname]);
  });

  assert.equal((await request(app, "//a//b")).text, '["/a/b","//a//b"]');
});

Deno.test("App never fails on a malformed escape in a path", async () => {
  const app = new App().get("/:name", (ctx) => ctx.text(ctx.params.name ?? ""));

  for (const path of ["/%", "/%zz", "/%E0%A4%A", "/%ff"]) {
    const { status, text } = await request(app, path);
    assert.equal(status, 200, path);
    assert.equal(text, path.slice(1));
  }
});

Deno.test("App runs middleware in order, for the routes added after it", async () => {
  const app = new App<{ trail: string[] }>()
    .use((ctx) => {
      ctx.state.trail = ["all"];
      return ctx.next();
    })
    .get("/early/x", (ctx) => ctx.json(ctx.state.trail))
    .use("/early", (ctx) => {
      ctx.state.trail.push("late");
      return ctx.next();
    })
    .use("/api", (ctx) => {
      ctx.state.trail.push("api");
      return ctx.next();
    })
    .get("/api/x", (ctx) => ctx.json(ctx.state.trail));

  assert.equal((await request(app, "/api/x")).text, '["all","api"]');
  assert.equal((await request(app, "/early/x")).text, '["all"]');
});

Deno.test("App gives every request a state of its own", async () => {
  const app = new App<{ count?: number }>().get("/", (ctx) => {
    ctx.state.count = (ctx.state.count ?? 0) + 1;
    return ctx.json(ctx.state.count);
  });

  await request(app, "/");
  assert.equal((await request(app, "/")).text, "1");
});

Deno.test("App answers an HttpError with its status and message, unlogged below 500", async () => {
  const app = new App()
    .get("/teapot", () => {
      throw new HttpError(418, "short and stout");
    })
    .get("/gone", () => {
      throw new HttpError(410);
    });

  const logged = await withErrorLog(async () => {
    const teapot = await request(app, "/teapot");
    assert.deepEqual([teapot.status, teapot.text], [418, "short and stout"]);
    assert.equal((await request(app, "/gone")).text, "Gone");
  });
  assert.deepEqual(logged, []);
});

Deno.test("App tells a client nothing of an unexpected error, and logs it once", async () => {
  const error = new Error("password=secret");
  const app = new App().get("/", () => {
    throw error;
  });

  const logged = await withErrorLog(async () => {
    const { status, text } = await request(app, "/");
    assert.deepEqual([status, text], [500, "Internal server error"]);
  });
  assert.deepEqual(logged, [error]);
});

Deno.test("App logs an error that an error page answers", async () => {
  const error = new Error("broken");
  const app = new App()
    .onError("*", (ctx) => ctx.text(`page: ${ctx.error}`, { status: 500 }))
    .get("/", () => {
      throw error;
    });

  const logged = await withErrorLog(async () => {
    assert.equal((await request(app, "/")).text, "page: Error: broken");
  });
  assert.deepEqual(logged, [error]);
});

Deno.test("App answers an error by the nearest onError()", async () => {
  const app = new App()
    .onError("*", (ctx) => ctx.text("outer"))
    .onError("/api", (ctx) => ctx.text("inner"))
    .get("/api/x", () => {
      throw new HttpError(503);
    })
    .get("/x", () => {
      throw new HttpError(503);
    });

  await withErrorLog(async () => {
    assert.equal((await request(app, "/api/x")).text, "inner");
    assert.equal((await request(app, "/x")).text, "outer");
  });
});

Deno.test("App answers 404 by notFound(), inside the middleware of the path", async () => {
  const app = new App()
    .notFound((ctx) => ctx.text("nothing", { status: 404 }))
    .use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("X-Seen", "1");
      return response;
    })
    .get("/a/b", () => {
      throw new HttpError(404);
    });

  const { status, text, headers } = await request(app, "/a/b");
  assert.deepEqual([status, text], [404, "nothing"]);
  assert.equal(headers.get("X-Seen"), "1");
  assert.equal((await request(app, "/none")).text, "nothing");
});

Deno.test("App answers 500 when a handler returns no response", async () => {
  const nothing: unknown = "text";
  const app = new App().get("/", () => nothing as Response);

  const logged = await withErrorLog(async () => {
    assert.equal((await request(app, "/")).status, 500);
  });
  assert.equal(logged.length, 1);
});

Deno.test("App.mountApp() adds another app's routes under a path", async () => {
  const inner = new App<{ inner?: boolean }>()
    .use((ctx) => {
      ctx.state.inner = true;
      return ctx.next();
    })
    .get("/", (ctx) => ctx.json(ctx.state))
    .get("/:id", (ctx) => ctx.json(ctx.params));
  const app = new App<{ inner?: boolean }>().mountApp("/m", inner)
    .get("/x", (ctx) => ctx.json(ctx.state));

  assert.equal((await request(app, "/m")).text, '{"inner":true}');
  assert.equal((await request(app, "/m/7")).text, '{"id":"7"}');
  assert.equal((await request(app, "/x")).text, "{}");
});

Deno.test("App lives under its base path", async () => {
  const app = new App({ basePath: "/base" }).get("/x", (ctx) => ctx.text("x"));

  assert.equal((await request(app, "/base/x")).text, "x");
  assert.equal((await request(app, "/x")).status, 404);
});

Deno.test("App believes forwarded headers only when told to", async () => {
  const headers = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "example.com",
  };
  const origin = async (trustProxy: boolean) => {
    const app = new App({ trustProxy })
      .get("/", (ctx) => ctx.text(ctx.url.origin));
    return (await request(app, "/", { headers })).text;
  };

  assert.equal(await origin(true), "https://example.com");
  assert.equal(await origin(false), "http://localhost");
});

Deno.test("ctx.redirect() never leads to another host by a path", async () => {
  const app = new App().get(
    "/",
    (ctx) => ctx.redirect(ctx.url.searchParams.get("to") ?? "/"),
  );
  const location = async (to: string) =>
    (await request(app, `/?to=${encodeURIComponent(to)}`)).headers.get(
      "Location",
    );

  assert.equal(await location("//evil.example/a"), "/evil.example/a");
  assert.equal(await location("/a//b?c=//d#e"), "/a/b?c=//d#e");
  assert.equal(await location("https://ok.example/"), "https://ok.example/");
});

Deno.test("ctx.stream() answers with what an iterable gives", async () => {
  const app = new App().get(
    "/",
    (ctx) => ctx.stream(["a", new Uint8Array([98])].values()),
  );

  assert.equal((await request(app, "/")).text, "ab");
});
