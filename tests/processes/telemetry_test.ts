import assert from "node:assert/strict";
import { join } from "node:path";
import { assignment } from "../../storage/kv/testing/records.ts";
import { startServer } from "./start_server.ts";
import { withDirectory } from "./with_directory.ts";

interface Collector {
  readonly url: string;
  /** What was sent to each path, as JSON. */
  readonly sent: Map<string, string>;
  close(): Promise<void>;
}

/** Takes what OTLP exporters send. */
function startCollector(): Collector {
  const sent = new Map<string, string>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      sent.set(pathname, (sent.get(pathname) ?? "") + await request.text());
      return Response.json({});
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    sent,
    close: () => server.shutdown(),
  };
}

Deno.test("with OTEL_DENO the server reports its requests and commits, and no user", async () => {
  const collector = startCollector();
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"), {
      env: {
        OTEL_DENO: "true",
        OTEL_SERVICE_NAME: "modelab",
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
        OTEL_BSP_SCHEDULE_DELAY: "100",
      },
    });
    const sent = await fetch(`${server.url}/api/v1/ingest/assignments`, {
      method: "POST",
      body: JSON.stringify([
        assignment("a", { flag_name: "secret-flag", user_id: "secret-user" }),
      ]),
    });
    await sent.body?.cancel();
    const read = await fetch(`${server.url}/api/v1/flags/named-flag`);
    await read.body?.cancel();
    await server.stop("SIGTERM");
  });
  await collector.close();
  const traces = collector.sent.get("/v1/traces") ?? "";
  assert.match(traces, /"POST \/api\/v1\/ingest\/assignments"/);
  assert.match(traces, /"http\.route"/);
  assert.match(traces, /"modelab\.commit"/);
  assert.ok(
    [...collector.sent.values()].every((text) =>
      !text.includes("secret-user") && !text.includes("secret-flag")
    ),
  );
});

Deno.test("the log has each request where that is asked for, and neither user nor flag", async () => {
  await withDirectory(async (directory) => {
    const lines: string[] = [];
    const server = await startServer(join(directory, "data.kv"), {
      apiKey: "secret-api-key",
      readKey: "secret-read-key",
      env: { MODELAB_LOG: "requests" },
      onError: (text) => lines.push(text),
    });
    const ask = async (path: string, body: string | null): Promise<void> => {
      const response = await fetch(server.url + path, {
        method: body === null ? "GET" : "POST",
        body,
        headers: {
          "x-api-key": body === null ? "secret-read-key" : "secret-api-key",
          "x-request-id": "request-1",
        },
      });
      await response.body?.cancel();
      assert.equal(response.headers.get("x-request-id"), "request-1");
    };
    const record = assignment("a", {
      flag_name: "secret-flag",
      user_id: "secret-user",
      config_json: { prompt: "secret-prompt" },
    });
    await ask("/api/v1/ingest/assignments", JSON.stringify([record]));
    await ask("/api/v1/ingest/assignments", "secret-nonsense");
    await ask("/api/v1/flags/secret-flag?secret-query", null);
    await server.stop("SIGTERM");
    const text = lines.join("");
    const logged = text.trim().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(
      logged.map(({ route, status, key, request_id }) =>
        [route, status, key, request_id].join(" ")
      ),
      [
        "/api/v1/ingest/assignments 200 MODELAB_API_KEY request-1",
        "/api/v1/ingest/assignments 400 MODELAB_API_KEY request-1",
        "/api/v1/flags/* 200 MODELAB_READ_KEY request-1",
      ],
    );
    assert.doesNotMatch(text, /secret/);
  });
});

Deno.test("/metrics counts requests, records, commits and the process", async () => {
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"));
    const sent = await fetch(`${server.url}/api/v1/ingest/assignments`, {
      method: "POST",
      body: JSON.stringify([assignment("a"), assignment("a"), {}]),
    });
    await sent.body?.cancel();
    const response = await fetch(`${server.url}/metrics`);
    assert.equal(response.headers.get("cache-control"), "no-store");
    const text = await response.text();
    await server.stop("SIGTERM");
    for (
      const line of [
        'modelab_requests_total{route="/api/v1/ingest/assignments",method="POST",status="200"} 1',
        'modelab_request_duration_seconds_count{route="/api/v1/ingest/assignments"} 1',
        'modelab_records_total{verdict="accepted"} 1',
        'modelab_records_total{verdict="duplicate"} 1',
        'modelab_records_total{verdict="rejected"} 1',
        'modelab_commits_total{result="error"} 0',
        "modelab_records_waiting 0",
      ]
    ) assert.ok(text.includes(`\n${line}\n`), line);
    assert.match(text, /\nmodelab_commits_total\{result="ok"\} [1-9]/);
    assert.match(text, /\nmodelab_commit_duration_seconds_count [1-9]/);
    const [, time] = /\nmodelab_time_seconds (\S+)\n/.exec(text) ?? [];
    assert.ok(Math.abs(Number(time) * 1000 - Date.now()) < 60_000, time);
    assert.match(text, /\nprocess_resident_memory_bytes [1-9]\d+\n/);
    // Each figure is described once, and each line is a figure.
    for (const line of text.trimEnd().split("\n")) {
      assert.match(
        line,
        /^# (HELP|TYPE) \w+ .+$|^\w+(\{(\w+="[^"]*",?)+\})? -?[\d.e+-]+$/,
      );
    }
  });
});
