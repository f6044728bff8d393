import assert from "node:assert/strict";
import type { Connection } from "./connection.ts";
import type { QueuedRecord } from "./record_buffer.ts";
import {
  batchBody,
  sendBatch,
  type SendOptions,
  type SendOutcome,
} from "./send_batch.ts";

const records: QueuedRecord[] = [
  { kind: "events", json: '{"event_id":"e"}', micros: 1 },
  { kind: "assignments", json: '{"assignment_id":"a"}', micros: 2 },
  { kind: "executions", json: '{"execution_id":"x"}', micros: 3 },
  { kind: "events", json: '{"event_id":"f"}', micros: 4 },
];

async function outcome(
  answer: (request: Request) => Response | Promise<Response>,
  requestTimeoutMs = 10_000,
  sent = records,
  options: Partial<SendOptions> = {},
): Promise<SendOutcome> {
  const connection: Connection = {
    server: "http://lab.example",
    apiKey: "secret",
    readKey: "",
    requestTimeoutMs,
    fetch: async (input, init) => await answer(new Request(input, init)),
  };
  return await sendBatch(connection, sent, {
    keepalive: false,
    gzip: false,
    abort: new AbortController().signal,
    onGzip() {},
    ...options,
  });
}

Deno.test("batchBody() puts each record into its list, with its time", () => {
  assert.deepEqual(JSON.parse(batchBody(records)), {
    assignments: [{
      assignment_id: "a",
      assigned_at: "1970-01-01T00:00:00.000002Z",
    }],
    executions: [{
      execution_id: "x",
      recorded_at: "1970-01-01T00:00:00.000003Z",
    }],
    events: [
      { event_id: "e", created_at: "1970-01-01T00:00:00.000001Z" },
      { event_id: "f", created_at: "1970-01-01T00:00:00.000004Z" },
    ],
  });
});

Deno.test("sendBatch() posts to the ingest route with the key", async () => {
  const result = { accepted: 4, duplicates: 0, rejected: [] };
  const sent = await outcome(async (request) => {
    assert.equal(request.method, "POST");
    assert.equal(request.url, "http://lab.example/api/v1/ingest");
    assert.equal(request.headers.get("X-API-Key"), "secret");
    assert.equal(request.headers.get("Content-Type"), "application/json");
    assert.equal(await request.text(), batchBody(records));
    return Response.json(result);
  });
  assert.deepEqual(sent, {
    type: "taken",
    verdict: { duplicates: 0, rejected: 0, reason: "" },
  });
});

Deno.test("sendBatch() takes the verdicts of a 422", async () => {
  const rejected = [{ kind: "events", index: 0, field: "x", message: "bad" }];
  const sent = await outcome(() =>
    Response.json({ accepted: 0, duplicates: 0, rejected }, { status: 422 })
  );
  assert.deepEqual(sent, {
    type: "taken",
    verdict: { duplicates: 0, rejected: 1, reason: "x bad" },
  });
});

Deno.test("sendBatch() is refused for good where its body is judged", async () => {
  for (const status of [400, 411, 415, 422]) {
    assert.deepEqual(
      await outcome(() => Response.json({ detail: "no" }, { status })),
      { type: "refused", message: `status ${status}: no` },
    );
  }
});

Deno.test("sendBatch() is to be tried again later where a key or address may be mended", async () => {
  for (const status of [401, 403, 404, 405]) {
    const sent = await outcome(() =>
      Response.json({ detail: "no" }, { status })
    );
    assert.deepEqual(sent, {
      type: "retry",
      message: `status ${status}: no`,
      retryAfterMs: 30_000,
      mend: status < 404 ? "apiKey" : "server",
    });
  }
});

Deno.test("sendBatch() is to be tried again after a fault of the server", async () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504, 599]) {
    const sent = await outcome(() =>
      new Response("<html>", { status, headers: { "Retry-After": "7" } })
    );
    assert.deepEqual(sent, {
      type: "retry",
      message: `status ${status}`,
      retryAfterMs: 7_000,
    });
  }
});

Deno.test("sendBatch() takes a 413 for a batch that is too large", async () => {
  const sent = await outcome(() => new Response(null, { status: 413 }));
  assert.deepEqual(sent, { type: "too_large", message: "status 413" });
});

Deno.test("sendBatch() believes no 200 that is no ingest result", async () => {
  for (
    const body of [
      "",
      "<html>",
      "[]",
      "null",
      "{}",
      '{"accepted":-1,"duplicates":0,"rejected":[]}',
      '{"accepted":4,"duplicates":0,"rejected":{}}',
      "x".repeat(5 * 1024 * 1024),
    ]
  ) {
    const sent = await outcome(() => new Response(body));
    assert.equal(sent.type, "retry", body.slice(0, 50));
  }
});

Deno.test("sendBatch() gives up a request that takes too long, body included", async () => {
  const never = () => new Promise<Response>(() => {});
  const silent = await outcome(never, 5);
  assert.ok(silent.type === "retry");
  assert.equal(silent.message, "no answer within 5 ms");
  const body = await outcome(() => new Response(new ReadableStream()), 5);
  assert.ok(body.type === "retry");
  assert.equal(body.message, "no answer within 5 ms");
});

Deno.test("sendBatch() never throws, whatever fetch does", async () => {
  for (const fault of [new TypeError("refused"), "text", undefined, null]) {
    const sent = await outcome(() => Promise.reject(fault));
    assert.equal(sent.type, "retry");
  }
});

Deno.test("sendBatch() compresses long bodies for a server that takes them", async () => {
  const many = Array.from({ length: 200 }, (_, n): QueuedRecord => ({
    kind: "events",
    json: `{"event_id":"event-${n}","flag_name":"tone","user_id":"user-${n}"}`,
    micros: n,
  }));
  const encodings: (string | null)[] = [];
  const accepted: boolean[] = [];
  const answer = async (request: Request): Promise<Response> => {
    encodings.push(request.headers.get("Content-Encoding"));
    const text = request.headers.has("Content-Encoding")
      ? await new Response(
        request.body?.pipeThrough(new DecompressionStream("gzip")),
      ).text()
      : await request.text();
    const { events } = JSON.parse(text);
    return Response.json(
      { accepted: events.length, duplicates: 0, rejected: [] },
      { headers: encodings.length < 2 ? { "Accept-Encoding": "gzip" } : {} },
    );
  };
  const onGzip = (value: boolean) => accepted.push(value);
  for (const options of [{}, { gzip: true }, { gzip: true, keepalive: true }]) {
    const sent = await outcome(answer, 10_000, many, { onGzip, ...options });
    assert.equal(sent.type, "taken");
  }
  const refused = await outcome(
    () => new Response(null, { status: 415 }),
    10_000,
    many,
    { gzip: true },
  );
  assert.equal(refused.type, "retry");
  const short = many.slice(0, 5);
  await outcome(answer, 10_000, short, { onGzip, gzip: true });
  assert.deepEqual(encodings, [null, "gzip", null, null]);
  assert.deepEqual(accepted, [true, false, false, false]);
});
