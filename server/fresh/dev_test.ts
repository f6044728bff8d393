import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Builder } from "fresh/dev";
import { walk } from "./_crawl.ts";
import { liveReload } from "./_live_reload.ts";
import { appRoot } from "./testdata/build.ts";

/** Builds the app of the tests on disk, quietly. */
async function withBuild(
  test: (outDir: string) => Promise<void>,
): Promise<void> {
  const outDir = await Deno.makeTempDir();
  const log = console.log;
  console.log = () => {};
  try {
    await new Builder({ root: appRoot, outDir }).build();
  } finally {
    console.log = log;
  }
  try {
    await test(outDir);
  } finally {
    await Deno.remove(outDir, { recursive: true });
  }
}

/** Starts the server that a build has written. */
async function serve(
  outDir: string,
): Promise<(path: string) => Promise<Response>> {
  const { default: server } = await import(
    pathToFileURL(join(outDir, "server.js")).href
  );
  return async (path) =>
    await server.fetch(new Request(`http://localhost${path}`));
}

Deno.test("Builder.build() writes a server that serves the app", async () => {
  await withBuild(async (outDir) => {
    const get = await serve(outDir);

    const html = await (await get("/")).text();
    const [, src = ""] = /type="module" src="([^"]*)"/.exec(html) ?? [];
    const script = await get(src);
    assert.equal(script.status, 200);
    assert.equal(
      script.headers.get("Cache-Control"),
      "public, max-age=31536000, immutable",
    );
    await script.body?.cancel();
    assert.equal(
      await (await get("/styles.css")).text(),
      await Deno.readTextFile(join(appRoot, "static", "styles.css")),
    );
    assert.match(await (await get("/docs/a")).text(), /one a/);
  });
});

Deno.test("Builder.build() gives the same app the same build id", async () => {
  const buildIds: string[] = [];
  for (let build = 0; build < 2; build++) {
    await withBuild(async (outDir) => {
      const source = await Deno.readTextFile(join(outDir, "server.js"));
      buildIds.push(/buildId: "([0-9a-f]{16})"/.exec(source)?.[1] ?? "");
    });
  }

  assert.match(buildIds[0] ?? "", /./);
  assert.equal(buildIds[0], buildIds[1]);
});

Deno.test("Builder.build() puts nothing into a script that only a server has", async () => {
  await withBuild(async (outDir) => {
    const scripts = await walk(join(outDir, "static"));

    assert.ok(scripts.length > 3);
    for (const script of scripts) {
      assert.doesNotMatch(
        await Deno.readTextFile(script),
        /["']node:|renderToString|Deno\./,
      );
    }
  });
});

Deno.test("a file that a later build has taken away is not found, and nobody keeps that", async () => {
  await withBuild(async (outDir) => {
    const get = await serve(outDir);
    const html = await (await get("/")).text();
    const [, src = ""] = /type="module" src="([^"]*)"/.exec(html) ?? [];
    await Deno.remove(join(outDir, "static"), { recursive: true });

    const script = await get(src);

    assert.equal(script.status, 404);
    assert.match(script.headers.get("Cache-Control") ?? "", /no-store/);
    await script.body?.cancel();
  });
});

Deno.test("Builder.build() keeps nothing but the build", async () => {
  await withBuild(async (outDir) => {
    const found = await Array.fromAsync(Deno.readDir(outDir));

    assert.deepEqual(
      found.map(({ name }) => name).sort(),
      ["server.js", "static"],
    );
  });
});

Deno.test("Builder.build() names the island that cannot be bundled", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "islands"));
    await Deno.writeTextFile(join(root, "islands", "bad.tsx"), "export {");

    await assert.rejects(
      new Builder({ root }).build({ snapshot: "memory" }),
      /bad\.tsx/,
    );
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("liveReload() tells every page of one run the same, and of two not", async () => {
  const run = liveReload(() => Promise.resolve(new Response("app")));
  const message = async (handler: typeof run): Promise<string> => {
    const response = await handler(
      new Request("http://localhost/_frsh/alive"),
    );
    const reader = response.body?.getReader();
    const { value } = await reader?.read() ?? {};
    await reader?.cancel();
    return new TextDecoder().decode(value);
  };

  assert.match(await message(run), /^retry: \d+\ndata: \S+\n\n$/);
  assert.equal(await message(run), await message(run));
  const next = liveReload(() => Promise.resolve(new Response("app")));
  assert.notEqual(await message(run), await message(next));
  const other = await run(new Request("http://localhost/x"));
  assert.equal(await other.text(), "app");
});
