import assert from "node:assert/strict";
import { App, staticFiles } from "fresh";
import { applyTestBuild } from "./testdata/build.ts";
import { request, withErrorLog } from "./testdata/request.ts";

async function testApp(basePath = ""): Promise<App<unknown>> {
  const app = new App<unknown>({ basePath }).use(staticFiles()).fsRoutes();
  await applyTestBuild(app);
  return app;
}

Deno.test("a page renders inside its layout and the app wrapper", async () => {
  const { status, text, headers } = await request(await testApp(), "/docs/a");

  assert.equal(status, 200);
  assert.equal(headers.get("Content-Type"), "text/html; charset=utf-8");
  assert.equal(
    text,
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>' +
      "<title>App</title></head><body>" +
      '<section data-kind="null"><p>one a</p></section></body></html>',
  );
});

Deno.test("a named parameter is found before a catch-all", async () => {
  const app = await testApp();

  assert.match((await request(app, "/docs/a")).text, /one a/);
  assert.match(
    (await request(app, "/docs/a/b%20c")).text,
    /{&quot;path&quot;:&quot;a\/b c&quot;}/,
  );
  assert.match(
    (await request(app, "/docs")).text,
    /{&quot;path&quot;:&quot;&quot;}/,
  );
});

Deno.test("page() gives a component its data, and the answer status and headers", async () => {
  const { status, text, headers } = await request(await testApp(), "/members");

  assert.equal(status, 203);
  assert.equal(headers.get("X-Own"), "1");
  assert.equal(headers.get("X-Trail"), "root");
  assert.match(text, /<ul><li ?>Ada<\/li><\/ul>/);
});

Deno.test("an async page may answer with a response", async () => {
  const app = await testApp();

  assert.equal((await request(app, "/async?go")).status, 303);
  assert.match((await request(app, "/async")).text, /Details/);
});

Deno.test("an error in a handler renders the error page, and is logged", async () => {
  const app = await testApp();

  const logged = await withErrorLog(async () => {
    const { status, text } = await request(app, "/api/items", {
      method: "DELETE",
    });
    assert.equal(status, 500);
    assert.match(text, /<h1>Error 500<\/h1>/);
    assert.doesNotMatch(text, /secret/);
  });
  assert.match(String(logged[0]), /secret/);
});

Deno.test("an HttpError renders the error page with its status", async () => {
  const { status, text } = await request(await testApp(), "/api/items", {
    method: "POST",
  });

  assert.equal(status, 422);
  assert.match(text, /<h1>Error 422<\/h1>/);
});

Deno.test("what no file answers renders _404, as 200 as in Fresh", async () => {
  const app = await testApp();

  for (const [path, method] of [["/none", "GET"], ["/api/items", "PUT"]]) {
    const { status, text } = await request(app, `${path}`, {
      method: `${method}`,
    });
    assert.equal(status, 200);
    assert.match(text, /<h1>Nothing here<\/h1>/);
  }
});

Deno.test("<Head> takes the place of the app wrapper's title", async () => {
  const { text } = await request(await testApp(), "/");

  assert.match(
    text,
    /<head><meta charset="utf-8"\/><title>Home<\/title><\/head>/,
  );
});

Deno.test("a link to the page it is on says so", async () => {
  const { text } = await request(await testApp(), "/about");

  assert.match(text, /<a href="\/about"[^>]* aria-current="page">/);
  assert.match(text, /<a href="\/"[^>]* aria-current="true">/);
});

Deno.test("a page without islands has no script and preloads none", async () => {
  const { text, headers } = await request(await testApp(), "/about");

  assert.doesNotMatch(text, /<script|<template|<!--/);
  assert.equal(headers.get("Link"), null);
});

Deno.test("a page with islands has no inline script", async () => {
  const { text } = await request(await testApp(), "/");

  const scripts = Array.from(text.matchAll(/<script([^>]*)>/g), ([, a]) => a);
  assert.equal(scripts.length, 2);
  assert.match(scripts[0] ?? "", /type="application\/json"/);
  assert.match(scripts[1] ?? "", /type="module" src="\/_fresh\/js\//);
});

Deno.test("no prop can end the element that holds the props", async () => {
  const { text } = await request(await testApp(), "/");

  const [, json = ""] = /application\/json">(.*?)<\/script>/.exec(text) ?? [];
  assert.doesNotMatch(json, /</);
  assert.match(JSON.stringify(JSON.parse(json)), /<\/script><!--/);
});

Deno.test("scripts stand under the base path, and are found there", async () => {
  const app = await testApp("/base");
  const { text } = await request(app, "/base");

  const [, src = ""] = /type="module" src="([^"]*)"/.exec(text) ?? [];
  assert.match(src, /^\/base\/_fresh\/js\//);
  assert.equal((await request(app, src)).status, 200);
});
