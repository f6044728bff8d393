import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { startServer } from "../processes/start_server.ts";
import type { RunningServer } from "../processes/start_server.ts";
import { runVerify } from "../processes/run_verify.ts";
import { withDirectory } from "../processes/with_directory.ts";
import { RUNS } from "./runs.ts";

const PATHS = [
  "/",
  "/sign-in",
  "/sign-out",
  "/healthz",
  "/readyz",
  "/metrics",
  "/flags/x",
  "/api/v1/flags",
  "/api/v1/flags/x",
  "/api/v1/flags/x/timeline",
  "/api/v1/ingest",
  "/api/v1/ingest/assignments",
  "/api/v1/ingest/executions",
  "/api/v1/ingest/events",
  "/api/v1/openapi.json",
  "/api/v1/keys/x",
  "/api/x",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** What a route that is no API answers beside what the description says. */
const ALWAYS = new Set([400, 404, 405]);

const text = fc.string({ unit: "binary", maxLength: 60 });
const segment = text.map((value) => encodeURIComponent(value.toWellFormed()));
const id = fc.constantFrom("a", "b", "c");
const record = fc.record({
  assignment_id: id,
  event_id: id,
  flag_name: fc.constantFrom("f", "g/h", "__proto__"),
  variant_name: id,
  user_id: fc.oneof(id, fc.integer()),
  event_type: fc.constantFrom("success", "failure", "custom", "x"),
  event_name: id,
  cost: fc.double(),
  latency_ms: fc.double({ min: 0, max: 1e6 }),
  more: fc.jsonValue({ maxDepth: 3 }),
}, { requiredKeys: ["assignment_id"] });
const records = fc.array(record, { maxLength: 8 });
const body = fc.oneof(
  records.map((list) => JSON.stringify(list)),
  fc.record({ assignments: records, executions: records, events: records })
    .map((batch) => JSON.stringify(batch)),
  fc.json(),
  text,
  fc.uint8Array({ maxLength: 100 }).map((bytes) => new Uint8Array(bytes)),
);
const request = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...PATHS) },
    segment.map((name) => `/api/v1/flags/${name}`),
    segment.map((name) => `/api/v1/flags/${name}/timeline`),
    segment.map((name) => `/flags/${name}`),
    segment.map((name) => `/${name}`),
  ),
  query: fc.oneof(
    fc.constant(""),
    fc.dictionary(
      fc.constantFrom("from", "to", "granularity", "next", "metric"),
      text.map((value) => value.toWellFormed()),
    ).map((params) => `?${new URLSearchParams(params)}`),
  ),
  headers: fc.dictionary(
    fc.constantFrom(
      "x-api-key",
      "authorization",
      "cookie",
      "content-encoding",
      "content-type",
      "x-request-id",
      "x-forwarded-for",
      "origin",
      "accept",
    ),
    fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom("gzip", "Bearer x", "modelab_session=1.a.b"),
    ),
  ),
  body,
});

interface Described {
  readonly paths: {
    readonly [path: string]: {
      readonly [method: string]: { readonly responses: object };
    };
  };
}

Deno.test("fuzz: no request brings the server to fail, or to an answer that is not described", async () => {
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"));
    try {
      const described: Described =
        await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
      await fc.assert(
        fc.asyncProperty(request, async (tried) => {
          await tryOne(server, described, tried);
        }),
        { numRuns: RUNS },
      );
      const health = await fetch(`${server.url}/healthz`);
      assert.equal(await health.text(), "ok\n");
    } finally {
      assert.equal((await server.stop("SIGTERM")).code, 0);
    }
    const { code, output } = await runVerify(server.path);
    assert.equal(code, 0, output);
  });
});

interface Tried {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array<ArrayBuffer>;
}

async function tryOne(
  { url }: RunningServer,
  described: Described,
  { method, path, query, headers, body }: Tried,
): Promise<void> {
  let prepared: Request;
  try {
    prepared = new Request(url + path + query, {
      method,
      headers,
      body: method === "GET" || method === "HEAD" ? null : body,
      redirect: "manual",
    });
  } catch {
    // No client could send this.
    return;
  }
  const response = await fetch(prepared);
  const text = await response.text();
  const { status } = response;
  const what = `${method} ${path}${query}: ${status} ${text.slice(0, 200)}`;
  assert.ok(status < 500, what);
  const known = described.paths[templateOf(path)]
    ?.[method === "HEAD" ? "get" : method.toLowerCase()];
  if (known === undefined) return;
  assert.ok(
    String(status) in known.responses || ALWAYS.has(status),
    `${what} is not described`,
  );
  if (status >= 400 && status !== 422 && method !== "HEAD") {
    assert.equal(
      response.headers.get("content-type"),
      "application/problem+json",
      what,
    );
    assert.equal(JSON.parse(text).status, status);
  }
}

function templateOf(path: string): string {
  return path.replace(/^\/api\/v1\/flags\/[^/]+$/, "/api/v1/flags/{name}")
    .replace(
      /^\/api\/v1\/flags\/[^/]+\/timeline$/,
      "/api/v1/flags/{name}/timeline",
    )
    .replace(/^\/api\/v1\/keys\/[^/]+$/, "/api/v1/keys/{id}");
}

const encoder = new TextEncoder();

Deno.test("fuzz: bytes that are no HTTP do not bring the server to fail", async () => {
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"));
    const port = Number(new URL(server.url).port);
    const start = fc.constantFrom(
      "GET / HTTP/1.1\r\n",
      "POST /api/v1/ingest HTTP/1.1\r\nHost: localhost\r\n",
      "POST /api/v1/ingest HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
      "GET //x/../%2e%2e HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "",
    );
    try {
      await fc.assert(
        fc.asyncProperty(
          start,
          fc.uint8Array({ maxLength: 200 }),
          async (head, tail) => {
            const connection = await Deno.connect({
              hostname: "127.0.0.1",
              port,
            });
            try {
              await connection.write(encoder.encode(head));
              await connection.write(tail);
              await connection.closeWrite();
              await connection.read(new Uint8Array(1024));
            } catch {
              // It may hang up at any time.
            } finally {
              connection.close();
            }
          },
        ),
        { numRuns: RUNS },
      );
      const health = await fetch(`${server.url}/healthz`);
      assert.equal(await health.text(), "ok\n");
    } finally {
      assert.equal((await server.stop("SIGTERM")).code, 0);
    }
  });
});
