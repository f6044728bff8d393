import assert from "node:assert/strict";
import { App, staticFiles } from "fresh";
import { asset } from "fresh/runtime";
import { applyTestBuild } from "./testdata/build.ts";
import { request } from "./testdata/request.ts";

async function testApp(): Promise<App<unknown>> {
  const app = new App<unknown>().use(staticFiles())
    .get("/", (ctx) => ctx.text("page"));
  await applyTestBuild(app);
  return app;
}

Deno.test("staticFiles() serves a file with its type, length and ETag", async () => {
  const { status, headers, text } = await request(
    await testApp(),
    "/styles.css",
  );

  assert.equal(status, 200);
  assert.equal(headers.get("Content-Type"), "text/css; charset=UTF-8");
  assert.equal(headers.get("Content-Length"), String(text.length));
  assert.match(headers.get("ETag") ?? "", /^W\/"[0-9a-f]{32}"$/);
  assert.match(headers.get("Cache-Control") ?? "", /no-cache/);
});

Deno.test("staticFiles() answers 304 to a client that has the file", async () => {
  const app = await testApp();
  const { headers } = await request(app, "/styles.css");
  const etag = headers.get("ETag") ?? "";

  for (const value of [etag, etag.slice(2), `"other", ${etag}`]) {
    const { status, text } = await request(app, "/styles.css", {
      headers: { "If-None-Match": value },
    });
    assert.deepEqual([status, text], [304, ""], value);
  }
  const other = await request(app, "/styles.css", {
    headers: { "If-None-Match": '"other"' },
  });
  assert.equal(other.status, 200);
});

Deno.test("staticFiles() lets a client keep what asset() names for a year", async () => {
  const app = await testApp();
  const path = asset("/styles.css");

  assert.match(path, /^\/styles\.css\?__frsh_c=[0-9a-f]{16}$/);
  const { headers } = await request(app, path);
  assert.equal(
    headers.get("Cache-Control"),
    "public, max-age=31536000, immutable",
  );
});

Deno.test("staticFiles() sends a page of another build to the plain path", async () => {
  const { status, headers } = await request(
    await testApp(),
    "/styles.css?__frsh_c=old&a=1",
  );

  assert.equal(status, 307);
  assert.equal(headers.get("Location"), "/styles.css?a=1");
});

Deno.test("staticFiles() answers HEAD without opening a body, and 405 to POST", async () => {
  const app = await testApp();

  const head = await request(app, "/styles.css", { method: "HEAD" });
  assert.deepEqual([head.status, head.text], [200, ""]);
  const post = await request(app, "/styles.css", { method: "POST" });
  assert.equal(post.status, 405);
});

Deno.test("staticFiles() finds a file by any encoding of its name", async () => {
  const app = await testApp();

  assert.equal((await request(app, "/a%20b,c.txt")).text, "x\n");
  assert.equal((await request(app, "/%61%20b%2Cc.txt")).text, "x\n");
});

Deno.test("staticFiles() serves nothing outside static/, and nothing hidden", async () => {
  const app = await testApp();

  for (
    const path of [
      "/.hidden",
      "/%2ehidden",
      "/../main.ts",
      "/%2e%2e/main.ts",
      "/..%2fmain.ts",
      "/..%5cmain.ts",
      "/%00",
      "/styles.css%00",
      "/%zz",
      "/static/styles.css",
    ]
  ) {
    assert.equal((await request(app, path)).status, 404, path);
  }
});
