import assert from "node:assert/strict";
import type { RecordKind } from "../engine/records.ts";
import { assertVerified } from "../storage/kv/testing/counters.ts";
import { assignment, event, execution } from "../storage/kv/testing/records.ts";
import { ingest } from "./ingest.ts";
import { post, withService } from "./testing/with_service.ts";
import { send } from "./testing/send.ts";

Deno.test("ingest() takes a batch of all kinds, and knows it when it comes again", async () => {
  await withService(async (service, kv) => {
    const batch = {
      assignments: [assignment("a")],
      executions: [execution("a")],
      events: [event("a", "e")],
    };
    for (
      const [accepted, duplicates] of [[3, 0], [0, 3]]
    ) {
      const response = await ingest(
        service,
        post("/api/v1/ingest", batch),
        null,
      );
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), {
        accepted,
        duplicates,
        rejected: [],
      });
    }
    await assertVerified(kv);
  });
});

Deno.test("ingest() takes an empty list", async () => {
  for (const [kind, body] of [["events", "[]"], [null, "{}"]] as const) {
    assert.deepEqual(await send(kind, body), {
      status: 200,
      body: { accepted: 0, duplicates: 0, rejected: [] },
    });
  }
});

Deno.test("ingest() refuses one bad record, and takes the forty-nine good ones around it", async () => {
  const records: unknown[] = Array.from(
    { length: 50 },
    (_, n) => assignment(`a${n}`),
  );
  records[17] = { ...assignment("a17"), variant_name: 7 };
  assert.deepEqual(await send("assignments", records), {
    status: 200,
    body: {
      accepted: 49,
      duplicates: 0,
      rejected: [{
        index: 17,
        field: "variant_name",
        message: "must be a string of 1 to 512 bytes in UTF-8, got 7",
      }],
    },
  });
});

Deno.test("ingest() names the list of a record that it refuses from a batch", async () => {
  const { status, body } = await send(null, {
    events: [event("a", "e"), { ...event("a", "f"), event_type: "win" }],
    assignments: [assignment("")],
  });
  assert.equal(status, 200);
  assert.deepEqual(body, {
    accepted: 1,
    duplicates: 0,
    rejected: [
      {
        kind: "assignments",
        index: 0,
        field: "assignment_id",
        message: 'must be a string of 1 to 512 bytes in UTF-8, got ""',
      },
      {
        kind: "events",
        index: 1,
        field: "event_type",
        message: 'must be "success" or "failure" or "custom", got "win"',
      },
    ],
  });
});

Deno.test("ingest() counts a time that lies ahead as the time of receipt", async () => {
  await withService(async (service) => {
    await ingest(
      service,
      post("/api/v1/ingest", {
        assignments: [
          assignment("a", { assigned_at: "2026-03-01T12:04:00Z" }),
          assignment("b", { assigned_at: "2036-03-01T12:00:00Z" }),
        ],
      }),
      null,
    );
    const evaluation = await service.reader.evaluateFlag("flag");
    assert.equal(evaluation?.first_seen, "2026-03-01T12:00:00.000Z");
    assert.equal(evaluation?.last_seen, "2026-03-01T12:04:00.000Z");
  });
});

Deno.test("ingest() answers 400 to what is no JSON, no list, no UTF-8", async () => {
  const cases: [RecordKind | null, BodyInit, RegExp][] = [
    ["events", "", /^The body must be JSON, got something else: /],
    ["events", "[{]", /^The body must be JSON/],
    ["events", "[NaN", /^The body must be JSON/],
    ["events", "{}", /^The body must be an array of events, got an object$/],
    ["events", "null", /^The body must be an array of events, got null$/],
    [
      null,
      "[]",
      /^The body must be an object of the arrays assignments, executions, events, got an array$/,
    ],
    [
      null,
      '{"events":[],"assignment":[{}]}',
      /^The body must have no arrays but assignments, executions, events, got "assignment"$/,
    ],
    [null, '{"events":7}', /^events must be an array of records, got 7$/],
    [
      "events",
      new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]),
      /^The body must be UTF-8/,
    ],
  ];
  for (const [kind, sent, detail] of cases) {
    const { status, body } = await send(kind, sent);
    assert.equal(status, 400);
    assert.ok(typeof body === "object" && body !== null && "detail" in body);
    assert.match(String(body.detail), detail);
  }
});

Deno.test("ingest() answers 413 to too many bytes and to too many records", async () => {
  const tenMegabytes = `["${"x".repeat(10 * 1024 * 1024)}"]`;
  const stream = new Blob([tenMegabytes]).stream();
  const many = JSON.stringify(Array(5001).fill({}));
  for (const sent of [tenMegabytes, stream, many]) {
    const { status, body } = await send("events", sent);
    assert.equal(status, 413);
    assert.ok(typeof body === "object" && body !== null && "detail" in body);
    assert.match(String(body.detail), /must (be|have) (of )?at most/);
  }
});

Deno.test("ingest() answers 405 to other methods", async () => {
  await withService(async (service) => {
    const request = new Request("http://127.0.0.1/", { method: "PUT" });
    const response = await ingest(service, request, null);
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "POST");
  });
});

Deno.test("ingest() answers 503 with Retry-After when the database takes nothing", async () => {
  await withService(async (service) => {
    await service.ledger.drain();
    const response = await ingest(
      service,
      post("/", [assignment("a")]),
      "assignments",
    );
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "1");
    assert.equal(
      response.headers.get("content-type"),
      "application/problem+json",
    );
  });
});

Deno.test("ingest() keeps none of the buffers that a body's chunks come in", async () => {
  const text = `[${" ".repeat(20_000)}]`;
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (sent === text.length) return controller.close();
      const buffer = new Uint8Array(64 * 1024).fill(text.charCodeAt(sent++));
      controller.enqueue(buffer.subarray(0, 1));
    },
  });
  const before = Deno.memoryUsage().rss;
  const { status } = await send("events", body);
  assert.equal(status, 200);
  const grown = (Deno.memoryUsage().rss - before) / 2 ** 20;
  // All of them together are 1,250 MiB.
  assert.ok(grown < 600, `${grown} MiB`);
});
