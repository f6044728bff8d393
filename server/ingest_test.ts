import assert from "node:assert/strict";
import type { RecordKind } from "../engine/records.ts";
import { assertVerified } from "../storage/kv/testing/counters.ts";
import { assignment, event, execution } from "../storage/kv/testing/records.ts";
import { ingest } from "./ingest.ts";
import { post, withService } from "./testing/with_service.ts";

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends one body to a service of its own. */
async function send(
  kind: RecordKind | null,
  body: BodyInit | object,
): Promise<Answer> {
  let answer: Answer = { status: 0, body: null };
  await withService(async (service, kv) => {
    const path = kind === null ? "" : `/${kind}`;
    const request = post(`/api/v1/ingest${path}`, body);
    const response = await ingest(service, request, kind);
    answer = { status: response.status, body: await response.json() };
    await assertVerified(kv);
  });
  return answer;
}

/** Sends one record, and returns the message that refuses its field. */
async function refusal(
  kind: RecordKind,
  record: unknown,
): Promise<[field: string, message: string]> {
  const { status, body } = await send(kind, JSON.stringify([record]));
  assert.equal(status, 422);
  assert.ok(typeof body === "object" && body !== null && "rejected" in body);
  assert.ok(Array.isArray(body.rejected));
  assert.equal(body.rejected.length, 1);
  const { index, field, message } = body.rejected[0];
  assert.equal(index, 0);
  return [field, message];
}

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

Deno.test("ingest() says of each field what it must be and what arrived", async () => {
  const amount = "must be a number from 0 to 1000, or null";
  const tokens = "must be an integer from 0 to 1000000000, or null";
  const name = "must be a string of 1 to 512 bytes in UTF-8";
  const cases: [RecordKind, object, string, string][] = [
    [
      "assignments",
      { flag_name: undefined },
      "flag_name",
      `${name}, got nothing`,
    ],
    [
      "assignments",
      { flag_name: ".." },
      "flag_name",
      'must be a name other than "." and "..", got ".."',
    ],
    [
      "assignments",
      { variant_name: "é".repeat(257) },
      "variant_name",
      `${name}, got 514`,
    ],
    [
      "assignments",
      { variant_name: "\0".repeat(257) },
      "variant_name",
      `${name}, got 514`,
    ],
    [
      "assignments",
      { user_id: null },
      "user_id",
      "must be a string of up to 10000 characters, or an integer, got null",
    ],
    [
      "assignments",
      { user_id: "x".repeat(10_001) },
      "user_id",
      "must be a string of up to 10000 characters, or an integer, got a string of 10001 characters",
    ],
    [
      "assignments",
      { config_json: [1] },
      "config_json",
      "must be an object, got an array",
    ],
    [
      "assignments",
      { config_json: { text: "x".repeat(32_760) } },
      "config_json",
      "must be an object of at most 32768 bytes as JSON, got 32771",
    ],
    [
      "assignments",
      { assigned_at: "yesterday" },
      "assigned_at",
      'must be an ISO 8601 time with offset, from 1970 on, got "yesterday"',
    ],
    [
      "executions",
      { assignment_id: undefined },
      "assignment_id",
      `${name}, got nothing`,
    ],
    ["executions", { cost: -0.01 }, "cost", `${amount}, got -0.01`],
    ["executions", { cost: 1000.01 }, "cost", `${amount}, got 1000.01`],
    ["executions", { cost: 1e300 }, "cost", `${amount}, got 1e+300`],
    ["executions", { cost: "NaN" }, "cost", `${amount}, got "NaN"`],
    ["executions", { cost: true }, "cost", `${amount}, got true`],
    ["executions", { input_tokens: 1.5 }, "input_tokens", `${tokens}, got 1.5`],
    [
      "executions",
      { output_tokens: 2e9 },
      "output_tokens",
      `${tokens}, got 2000000000`,
    ],
    [
      "executions",
      { latency_ms: 3_600_001 },
      "latency_ms",
      "must be a number from 0 to 3600000, or null, got 3600001",
    ],
    [
      "executions",
      { error: 500 },
      "error",
      "must be a string or null, got 500",
    ],
    [
      "executions",
      { recorded_at: "2026-03-01T12:00:00" },
      "recorded_at",
      'must be an ISO 8601 time with offset, from 1970 on, got "2026-03-01T12:00:00"',
    ],
    ["events", { event_id: "" }, "event_id", `${name}, got ""`],
    [
      "events",
      { event_type: null },
      "event_type",
      'must be "success" or "failure" or "custom", got null',
    ],
    [
      "events",
      { event_type: "custom", event_name: "" },
      "event_name",
      `${name}, got ""`,
    ],
    [
      "events",
      { value: "5" },
      "value",
      'must be a number from -1000000000000 to 1000000000000 or null, got "5"',
    ],
    [
      "events",
      { value: -1e308 },
      "value",
      "must be a number from -1000000000000 to 1000000000000 or null, got -1e+308",
    ],
  ];
  const whole = {
    assignments: assignment("a"),
    executions: execution("a"),
    events: event("a", "e"),
  };
  for (const [kind, change, field, message] of cases) {
    const found = await refusal(kind, { ...whole[kind], ...change });
    assert.deepEqual(found, [field, message], field);
  }
  for (
    const [record, got] of [[null, "null"], [7, "7"], [[], "an array"]] as const
  ) {
    assert.deepEqual(await refusal("events", record), [
      "",
      `must be an object, got ${got}`,
    ]);
  }
});

Deno.test("ingest() refuses a record that nests too deep, and no other", async () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const bad = JSON.stringify({ ...execution("a"), metadata_json: { x: 0 } })
    .replace('"x":0', `"x":${deep}`);
  const { status, body } = await send(
    "executions",
    `[${bad},${JSON.stringify(execution("a"))}]`,
  );
  assert.equal(status, 200);
  assert.deepEqual(body, {
    accepted: 1,
    duplicates: 0,
    rejected: [{
      index: 0,
      field: "",
      message: "must have at most 64 objects and arrays within each other",
    }],
  });
});

Deno.test("ingest() refuses the record in which Python wrote NaN, and no other", async () => {
  const [bad, good] = [execution("a", { latency_ms: 4.25 }), execution("a")];
  const text = JSON.stringify([bad, good]).replace("4.25", "NaN")
    .replace(
      '"metadata_json":{}',
      '"metadata_json":{"note":"NaN \\" Infinity"}',
    );
  const { status, body } = await send("executions", text);
  assert.equal(status, 200);
  assert.deepEqual(body, {
    accepted: 1,
    duplicates: 0,
    rejected: [{
      index: 0,
      field: "latency_ms",
      message: 'must be a number from 0 to 3600000, or null, got "NaN"',
    }],
  });
});

Deno.test("ingest() keeps __proto__ a name like any other", async () => {
  await withService(async (service, kv) => {
    const text = JSON.stringify([assignment("__proto__", {
      flag_name: "__proto__",
      variant_name: "constructor",
      user_id: "__proto__",
    })]).replace(
      '"config_json":{',
      '"__proto__":{"user_id":7},"config_json":{"__proto__":1,',
    );
    const response = await ingest(
      service,
      post("/api/v1/ingest/assignments", text),
      "assignments",
    );
    assert.equal(response.status, 200, await response.text());
    const evaluation = await service.reader.evaluateFlag("__proto__");
    const config = evaluation?.variants[0]?.config ?? {};
    assert.ok(Object.hasOwn(config, "__proto__"));
    assert.equal(Object.hasOwn(Object.prototype, "user_id"), false);
    await assertVerified(kv);
  });
});

Deno.test("ingest() takes unknown fields, missing optional ones and integers as users", async () => {
  await withService(async (service, kv) => {
    const response = await ingest(
      service,
      post("/api/v1/ingest", {
        assignments: [{
          assignment_id: "a",
          flag_name: "f",
          variant_name: "v",
          user_id: 42,
          colour: "red",
        }],
        executions: [{ assignment_id: "a", shape: { round: true } }],
        events: [{ event_id: "e", assignment_id: "a", event_type: "success" }],
      }),
      null,
    );
    assert.deepEqual(await response.json(), {
      accepted: 3,
      duplicates: 0,
      rejected: [],
    });
    const [variant] = (await service.reader.evaluateFlag("f"))?.variants ?? [];
    assert.equal(variant?.users, 1);
    assert.equal(variant?.latency_count, 0);
    assert.equal(variant?.success_rate, 1);
    await assertVerified(kv);
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

Deno.test("ingest() reads lone surrogates as U+FFFD", async () => {
  await withService(async (service) => {
    const text = JSON.stringify({
      assignments: [assignment("x", { flag_name: "x" })],
      executions: [execution("\ufffd")],
    }).replaceAll('"x"', '"\\ud800"');
    const response = await ingest(service, post("/", text), null);
    assert.equal((await response.json()).accepted, 2);
    const flag = await service.reader.evaluateFlag("\ufffd");
    assert.equal(flag?.variants[0]?.executions, 1);
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
