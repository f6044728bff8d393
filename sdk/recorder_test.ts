import assert from "node:assert/strict";
import { priceTable } from "../engine/price.ts";
import { callAnything, lab } from "./testing/lab.ts";

Deno.test("everything recorded goes out in one request, as the wire wants it", async () => {
  const { modelab, requests, sent } = lab({ apiKey: "write" });
  const assignment = modelab.assign("tone", { userId: "u", sessionId: "s" });
  assert.ok(assignment !== null);
  assignment.record(
    { model: "m-1", usage: { prompt_tokens: 3, completion_tokens: 4 } },
    { latencyMs: 12.5, outputTokens: 9, cost: 0.01, metadata: { tier: "pro" } },
  );
  assignment.record();
  assignment.markSuccess();
  assignment.markFailure({ why: "late" });
  assignment.markCustomEvent("rated", { by: "user" }, 4);
  const { assignments, executions, events } = await sent();
  assert.equal(requests.length, 1);
  assert.equal(requests[0]?.headers.get("X-API-Key"), "write");
  const hints = {
    assignment_id: assignment.assignmentId,
    flag_name: "tone",
    variant_name: assignment.variantName,
    user_id: "u",
  };
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/;
  const uuid = /^[0-9a-f-]{36}$/;
  const [decision] = assignments;
  assert.match(String(decision?.["assigned_at"]), time);
  assert.deepEqual({ ...decision, assigned_at: "" }, {
    ...hints,
    session_id: "s",
    config_json: { ...assignment.config },
    flag_json: { rollout_pct: 100, variants: [["formal", 50], ["casual", 50]] },
    assigned_at: "",
  });
  const [call, bare] = executions;
  assert.match(String(call?.["execution_id"]), uuid);
  assert.deepEqual({ ...call, execution_id: "", recorded_at: "" }, {
    ...hints,
    execution_id: "",
    latency_ms: 12.5,
    input_tokens: 3,
    output_tokens: 9,
    cost: 0.01,
    error: null,
    model: assignment.config["model"],
    response_model: "m-1",
    cost_source: "given",
    metadata_json: { tier: "pro" },
    recorded_at: "",
  });
  assert.equal(bare?.["input_tokens"], null);
  assert.deepEqual(
    events.map((event) => [
      event["event_type"],
      event["event_name"],
      event["payload_json"],
      event["value"],
    ]),
    [
      ["success", "", {}, undefined],
      ["failure", "", { why: "late" }, undefined],
      ["custom", "rated", { by: "user" }, 4],
    ],
  );
  const times = events.map((event) => String(event["created_at"]));
  assert.deepEqual(times, [...new Set(times)], "one time for two events");
  assert.equal(new Set(events.map((event) => event["event_id"])).size, 3);
});

Deno.test("a record is what it was when it was made", async () => {
  const { modelab, sent } = lab();
  const assignment = modelab.assign("tone", { userId: "u" });
  const metadata = { step: 1 };
  assignment?.record(null, { metadata });
  metadata.step = 2;
  const { executions } = await sent();
  assert.deepEqual(executions[0]?.["metadata_json"], { step: 1 });
});

Deno.test("hostile input neither throws nor costs the record", async () => {
  const { modelab, reports, sent } = lab();
  const assignment = modelab.assign("tone", { userId: "u\ud800" });
  assert.ok(assignment !== null);
  const throwing = new Proxy({}, {
    get() {
      throw new Error("no");
    },
    ownKeys() {
      throw new Error("no");
    },
  });
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  callAnything(assignment, "record", throwing, throwing);
  callAnything(assignment, "record", null, null);
  callAnything(assignment, "record", 7, 7);
  callAnything(assignment, "record", null, {
    latencyMs: -1,
    inputTokens: 1.5,
    outputTokens: 2n,
    cost: Infinity,
    error: "e".repeat(10_000),
    metadata: cyclic,
    model: Symbol("m"),
  });
  callAnything(assignment, "record", null, {
    latencyMs: 3_600_001,
    error: throwing,
    model: 2n ** 10_000n,
    metadata: { text: "x".repeat(10_000_000), call() {} },
  });
  callAnything(assignment, "markSuccess", throwing);
  callAnything(assignment, "markFailure", () => {});
  callAnything(assignment, "markCustomEvent", "é".repeat(600), 5n, "nine");
  callAnything(assignment, "markCustomEvent", throwing);
  const { assignments, executions, events } = await sent();
  assert.equal(assignments[0]?.["user_id"], "u\ufffd");
  assert.equal(executions.length, 5);
  assert.equal(events.length, 4);
  assert.equal(executions[3]?.["latency_ms"], null);
  assert.equal(executions[3]?.["input_tokens"], null);
  assert.equal(executions[3]?.["cost"], null);
  assert.equal(String(executions[3]?.["error"]).length, 4_096);
  assert.deepEqual(executions[3]?.["metadata_json"], { self: "[circular]" });
  assert.equal(executions[4]?.["latency_ms"], null);
  assert.equal(executions[4]?.["error"], "[unreadable]");
  assert.equal(executions[4]?.["model"], "[too large]");
  assert.ok(JSON.stringify(executions[4]?.["metadata_json"]).length <= 32_768);
  assert.equal(events[2]?.["event_name"], "é".repeat(256));
  assert.equal(events[3]?.["event_name"], "[unreadable]");
  // All but the two records that hold nothing: null, and 7.
  assert.equal(modelab.stats().altered, 8);
  const altered = reports.filter(({ code }) => code === "record_altered")
    .map(({ message }) => message.split(" is of ")[1]);
  const every = "inputTokens, outputTokens, cacheReadTokens, " +
    "cacheWriteTokens, cacheWrite1hTokens, reasoningTokens, model, " +
    "responseModel, cost, error, aborted, metadata, latencyMs, ttftMs, step";
  assert.deepEqual(altered, [
    "userId",
    every,
    "inputTokens, outputTokens, model, cost, error, latencyMs, metadata",
    "model, error, latencyMs, metadata",
    "payload",
    "payload",
    "value, name, payload",
    "name",
  ]);
});

Deno.test("a custom event without a name gets one, and that is reported", async () => {
  const { modelab, reports, sent } = lab();
  const assignment = modelab.assign("tone", { userId: "u" });
  assert.ok(assignment !== null);
  assignment.markCustomEvent("");
  callAnything(assignment, "markCustomEvent");
  assignment.markSuccess();
  const names = (await sent()).events.map((event) => event["event_name"]);
  assert.deepEqual(names, ["[unnamed]", "[unnamed]", ""]);
  assert.deepEqual(reports.map(({ code }) => code), [
    "record_altered",
    "record_altered",
  ]);
  assert.match(reports[0]?.message ?? "", / is of name$/);
});

Deno.test("two users with long ids stay two, and each keeps its variant", async () => {
  const { modelab, sent } = lab();
  const long = "u".repeat(10_001);
  modelab.assign("tone", { userId: `${long}1` });
  modelab.assign("tone", { userId: `${long}2` });
  modelab.assign("tone", { userId: `${long}1` });
  const ids = (await sent()).assignments.map((record) => record["user_id"]);
  assert.equal(String(ids[0]).length, 10_000);
  assert.notEqual(ids[0], ids[1]);
  assert.equal(ids[0], ids[2]);
});

Deno.test("settings that are too long for a record do not travel", async () => {
  const variants = Array.from({ length: 200 }, (_, i) => ({
    name: `${"v".repeat(40)}${i}`,
    weight: 1,
  }));
  const { modelab, sent } = lab({ flags: [{ name: "many", variants }] });
  modelab.assign("many", { userId: "u" });
  const [decision] = (await sent()).assignments;
  assert.equal(decision?.["flag_json"], undefined);
  assert.match(String(decision?.["variant_name"]), /^v+\d+$/);
});

Deno.test("names and ids with quotes, line breaks and all else arrive as they are", async () => {
  const odd = 'q"\\\n\u0001\u2028é😀';
  const { modelab, sent } = lab({
    flags: [{ name: odd, variants: [{ name: `${odd}v` }] }],
  });
  const assignment = modelab.assign(odd, { userId: odd, sessionId: odd });
  assignment?.record();
  const { assignments, executions } = await sent();
  for (const record of [assignments[0], executions[0]]) {
    assert.equal(record?.["flag_name"], odd);
    assert.equal(record?.["variant_name"], `${odd}v`);
    assert.equal(record?.["user_id"], odd);
  }
  assert.equal(assignments[0]?.["session_id"], odd);
});

Deno.test("a cost that is given wins over the response's, and that over the prices", async () => {
  const { modelab, sent } = lab({
    prices: priceTable({ "m-*": { input: 1, output: 10, cacheRead: 0.1 } }),
  });
  const assignment = modelab.assign("tone", { userId: "u" });
  const usage = {
    prompt_tokens: 2_000,
    completion_tokens: 100,
    prompt_tokens_details: { cached_tokens: 1_000 },
  };
  const response = { model: "m-1", usage };
  assignment?.record(response, { cost: 0.5 });
  assignment?.record({ model: "m-1", usage: { ...usage, cost: 0.25 } });
  assignment?.record(response);
  assignment?.record({ model: "x-1", usage }, { model: "m-2" });
  assignment?.record({ model: "x-1", usage }, { model: "x" });
  assignment?.record({ model: "m-1" });
  assignment?.record(response, { cost: NaN });
  const { executions } = await sent();
  assert.deepEqual(
    executions.map(({ cost, cost_source }) => [cost, cost_source]),
    [
      [0.5, "given"],
      [0.25, "response"],
      [0.0021, "price_table"],
      [0.0021, "price_table"],
      [null, undefined],
      [null, undefined],
      [null, undefined],
    ],
  );
  // So that history can be priced again.
  assert.equal(executions[0]?.["input_tokens"], 2_000);
  assert.equal(executions[0]?.["cache_read_tokens"], 1_000);
});

Deno.test("a response without known usage is counted, and reported once", async () => {
  const { modelab, reports } = lab();
  const assignment = modelab.assign("tone", { userId: "u" });
  assignment?.record({ id: 1, text: "Hi" });
  assignment?.record("Hi");
  // These are known, or had no answer.
  assignment?.record("Hi", { inputTokens: 1 });
  assignment?.record(null, { error: "broken" });
  assignment?.record({ id: 1 }, { error: "broken" });
  assignment?.record();
  assert.equal(modelab.stats().usageUnknown, 2);
  const unknown = reports.filter(({ code }) => code === "usage_unknown");
  assert.equal(unknown.length, 1);
  assert.match(unknown[0]?.message ?? "", /fields \{id, text\}/);
  await modelab.shutdown();
});
