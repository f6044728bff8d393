import assert from "node:assert/strict";
import { join } from "node:path";
import { startServer } from "../processes/start_server.ts";
import type { RunningServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

const API_KEY = "key-for-writing";
const READ_KEY = "key-for-reading";

const INGEST = ["", "/assignments", "/executions", "/events"]
  .map((path) => `/api/v1/ingest${path}`);
type Headers = { readonly [name: string]: string };

async function withServer(
  use: (server: RunningServer) => Promise<void>,
  keys: { readonly apiKey?: string; readonly readKey?: string },
): Promise<void> {
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"), keys);
    try {
      await use(server);
    } finally {
      await server.stop("SIGTERM");
    }
  });
}

async function statusOf(
  { url }: RunningServer,
  path: string,
  headers: Headers,
  body: string | null = null,
): Promise<number> {
  const method = body === null ? "GET" : "POST";
  const response = await fetch(url + path, {
    method,
    body,
    headers,
    redirect: "manual",
  });
  await response.body?.cancel();
  return response.status;
}

function bodyOf(path: string): string {
  return path.endsWith("/ingest") ? "{}" : "[]";
}

Deno.test("whoever signs in with the read key sees the dashboard, until they sign out", async () => {
  await withServer(async (server) => {
    const signIn = (key: string): Promise<Response> =>
      fetch(`${server.url}/sign-in`, {
        method: "POST",
        body: new URLSearchParams({ key, next: "/api/v1/flags" }),
        redirect: "manual",
      });
    const refused = await signIn(API_KEY);
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get("set-cookie"), null);
    assert.match(await refused.text(), /role="alert">That key cannot read/);
    const response = await signIn(READ_KEY);
    await response.body?.cancel();
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/api/v1/flags");
    const [cookie = ""] = (response.headers.get("set-cookie") ?? "").split(";");
    for (const path of ["/", "/api/v1/flags", "/metrics"]) {
      assert.equal(await statusOf(server, path, { cookie }), 200, path);
    }
    assert.equal(
      await statusOf(server, "/api/v1/ingest/events", { cookie }, "[]"),
      403,
    );
    const out = await fetch(`${server.url}/sign-out`, {
      method: "POST",
      headers: { cookie },
      redirect: "manual",
    });
    await out.body?.cancel();
    assert.match(
      out.headers.get("set-cookie") ?? "",
      /^modelab_session=; .*Max-Age=0/,
    );
  }, { apiKey: API_KEY, readKey: READ_KEY });
});

Deno.test("without keys, a web page of another origin or host gets nothing", async () => {
  await withServer(async (server) => {
    const foreign = { origin: "https://example.com" };
    const hidden = { origin: "null" };
    const own = { origin: "http://localhost:3000" };
    for (const path of INGEST) {
      assert.equal(await statusOf(server, path, foreign, bodyOf(path)), 403);
      assert.equal(await statusOf(server, path, hidden, bodyOf(path)), 403);
      assert.equal(await statusOf(server, path, own, bodyOf(path)), 200);
    }
    for (const path of ["/", "/api/v1/flags"]) {
      assert.equal(await statusOf(server, path, foreign), 403);
      assert.equal(await statusOf(server, path, hidden), 403);
      assert.equal(await statusOf(server, path, {}), 200);
    }
    assert.equal(await statusOfHost(server, "example.com"), 403);
    assert.equal(await statusOfHost(server, "localhost"), 200);
  }, {});
});

/** fetch() does not let its caller choose the host: this does. */
async function statusOfHost(
  { url }: RunningServer,
  host: string,
): Promise<number> {
  const port = Number(new URL(url).port);
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(
    `GET /api/v1/flags HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`,
  ));
  const text = await new Response(connection.readable).text();
  return Number(text.split(" ")[1]);
}

Deno.test("the server does not start where others can reach it without keys", async () => {
  await withDirectory(async (directory) => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        "--allow-write",
        "--allow-env",
        "server/serve.ts",
      ],
      env: {
        MODELAB_HOST: "0.0.0.0",
        MODELAB_KV_PATH: join(directory, "data.kv"),
        MODELAB_API_KEY: "",
        MODELAB_READ_KEY: "",
      },
    }).output();
    assert.equal(code, 1);
    assert.match(
      new TextDecoder().decode(stderr),
      /^modelab cannot start: MODELAB_API_KEY and MODELAB_READ_KEY must both be set/,
    );
  });
});
