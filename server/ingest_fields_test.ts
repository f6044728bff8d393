import assert from "node:assert/strict";
import type { RecordKind } from "../engine/records.ts";
import { assertVerified } from "../storage/kv/testing/counters.ts";
import { assignment, event, execution } from "../storage/kv/testing/records.ts";
import { ingest } from "./ingest.ts";
import { post, withService } from "./testing/with_service.ts";
import { send } from "./testing/send.ts";

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
