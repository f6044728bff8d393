import assert from "node:assert/strict";
import { join } from "node:path";
import { assignment } from "../../storage/kv/testing/records.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

async function withUrl(use: (url: string) => Promise<void>): Promise<void> {
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"));
    try {
      await use(server.url);
    } finally {
      await server.stop("SIGTERM");
    }
  });
}

async function problemOf(response: Response): Promise<string> {
  assert.equal(
    response.headers.get("content-type"),
    "application/problem+json",
  );
  const { type, status, detail } = await response.json();
  assert.equal(type, "about:blank");
  assert.equal(status, response.status);
  return detail;
}

Deno.test("a body of 10 MB gets 413, and the server goes on", async () => {
  await withUrl(async (url) => {
    const body = `["${"x".repeat(10 * 1024 * 1024)}"]`;
    const streamed = new Blob([body]).stream();
    for (const sent of [body, streamed]) {
      const response = await fetch(`${url}/api/v1/ingest/events`, {
        method: "POST",
        body: sent,
      });
      assert.equal(response.status, 413);
      assert.match(await problemOf(response), /at most 8388608 bytes/);
    }
    const health = await fetch(`${url}/healthz`);
    assert.equal(await health.text(), "ok\n");
  });
});

Deno.test("pages and figures travel compressed, to whoever can read that", async () => {
  await withUrl(async (url) => {
    const [plain, packed] = await Promise.all(
      ["identity", "gzip"].map((encoding) => bytesOf(url, "/", encoding)),
    );
    assert.ok(plain !== undefined && packed !== undefined);
    assert.ok(packed < plain * 0.7, `${packed} of ${plain} bytes`);
  });
});

/** fetch() tells nobody how a body travelled: this counts its bytes. */
async function bytesOf(
  url: string,
  path: string,
  encoding: string,
): Promise<number> {
  const { hostname, port, host } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`,
  ));
  return (await new Response(connection.readable).bytes()).length;
}

Deno.test("every error of the API is problem details", async () => {
  await withUrl(async (url) => {
    const cases: [
      method: string,
      path: string,
      body: string | null,
      status: number,
    ][] = [
      ["GET", "/api/v1/ingest", null, 405],
      ["PUT", "/api/v1/ingest/events", "[]", 405],
      ["DELETE", "/api/v1/flags", null, 405],
      ["POST", "/api/v1/flags/a", "{}", 405],
      ["POST", "/api/v1/openapi.json", "{}", 405],
      ["POST", "/healthz", "", 405],
      ["POST", "/metrics", "", 405],
      ["POST", "/api/v1/ingest", "nonsense", 400],
      ["POST", "/api/v1/ingest/unknown", "[]", 404],
      ["GET", "/api/v1/flags/unknown", null, 404],
      ["GET", "/api/v1/overview?page=abc", null, 400],
      ["GET", "/api/v1/export?flag=typo", null, 404],
      ["GET", "/api/v2", null, 404],
      ["GET", "/api/v2/", null, 404],
      ["GET", "/api/", null, 404],
      ["GET", "/api/v1/flags/%ff%zz%", null, 404],
    ];
    for (const [method, path, body, status] of cases) {
      const response = await fetch(url + path, { method, body });
      assert.equal(response.status, status, `${method} ${path}`);
      await problemOf(response);
    }
  });
});

Deno.test("a page says that its address asks for what cannot be, and a file of it is refused", async () => {
  await withUrl(async (url) => {
    const record = assignment("a", { flag_name: "f" });
    const sent = await fetch(`${url}/api/v1/ingest/assignments`, {
      method: "POST",
      body: JSON.stringify([record]),
    });
    await sent.body?.cancel();
    for (
      const [path, fault] of [
        ["/?page=-1", "page must be an integer"],
        ["/?order=size", "order must be one of"],
        ["/records/f?outcome=maybe", "outcome must be one of"],
        ["/trends/f?granularity=week", "granularity must be one of"],
      ] as const
    ) {
      const page = await fetch(url + path);
      assert.equal(page.status, 200, path);
      const html = await page.text();
      assert.ok(html.includes(`asks for what cannot be: ${fault}`), path);
      const file = await fetch(`${url}${path}&format=csv`);
      assert.equal(file.status, 400, path);
      assert.ok((await problemOf(file)).includes(fault));
      const [plain = ""] = path.split("?");
      const good = await (await fetch(url + plain)).text();
      assert.ok(!good.includes("asks for what cannot be"), plain);
    }
  });
});

Deno.test("a page about a flag opens under every name that a flag can have", async () => {
  const names = [
    "plain",
    "team/support",
    "a b?#%&+",
    "日本語 😀",
    "<script>alert(1)</script>",
    "__proto__",
    "x".repeat(512),
    "a/timeline",
    "ends/",
    "100%",
  ];
  await withUrl(async (url) => {
    const sent = await fetch(`${url}/api/v1/ingest/assignments`, {
      method: "POST",
      body: JSON.stringify(
        names.map((name, n) => assignment(`a${n}`, { flag_name: name })),
      ),
    });
    assert.equal((await sent.json()).accepted, names.length);
    for (const name of names) {
      const path = encodeURIComponent(name);
      const page = await fetch(`${url}/flags/${path}`);
      const html = await page.text();
      assert.equal(page.status, 200, name);
      assert.ok(!html.includes("<script>alert"), name);
      assert.match(
        page.headers.get("content-security-policy") ?? "",
        /script-src 'self'/,
      );
      const json = await fetch(`${url}/api/v1/flags/${path}`);
      assert.equal((await json.json()).flag_name, name);
    }
    // As the Python client asks: it encodes nothing.
    for (const name of ["team/support", "a/timeline", "ends/"]) {
      const json = await fetch(`${url}/api/v1/flags/${name}`);
      assert.equal((await json.json()).flag_name, name);
    }
    const list = await (await fetch(url)).text();
    assert.ok(!list.includes("<script>alert"));
    const missing = await fetch(`${url}/flags/none%`);
    assert.equal(missing.status, 404);
    assert.match(
      missing.headers.get("content-security-policy") ?? "",
      /script-src 'self'/,
    );
    await missing.body?.cancel();
  });
});

Deno.test("the description lists every route, and every schema that it refers to", async () => {
  await withUrl(async (url) => {
    const api = await (await fetch(`${url}/api/v1/openapi.json`)).json();
    assert.equal(api.openapi, "3.1.0");
    for (const path of Object.keys(api.paths)) {
      const concrete = path.replace(/\{\w+\}/, "x");
      for (const method of Object.keys(api.paths[path])) {
        const response = await fetch(url + concrete, {
          method: method.toUpperCase(),
          body: method === "post" ? "nonsense" : null,
        });
        const known = Object.keys(api.paths[path][method].responses);
        assert.ok(known.includes(String(response.status)), path);
        await response.body?.cancel();
      }
    }
    for (
      const [, name = ""] of JSON.stringify(api).matchAll(
        /"#\/components\/schemas\/(\w+)"/g,
      )
    ) {
      assert.ok(name in api.components.schemas, name);
    }
  });
});
