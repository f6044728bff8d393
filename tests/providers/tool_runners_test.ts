import Anthropic from "@anthropic-ai/sdk";
import assert from "node:assert/strict";
import OpenAI from "openai";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Answer, type Route, withStandIn } from "./stand_in.ts";

// Helpers that call the model, run the tools that it asks for, and call it
// again: one call of run(), whose turns are to be added up.

const TOOL_RESULT = "a cat on a mat";
const messages = [{ role: "user" as const, content: "What is there?" }];

/** Asks for the tool at first, and answers when it has its result. */
const turns =
  (first: Answer, last: Answer) => (body: Record<string, unknown>): Answer =>
    JSON.stringify(body["messages"]).includes(TOOL_RESULT) ? last : first;

const openaiHead = { id: "c-1", created: 1_700_000_000, model: "gpt-4.1" };
const openaiUsage = {
  prompt_tokens: 100,
  completion_tokens: 50,
  total_tokens: 150,
  prompt_tokens_details: { cached_tokens: 60 },
};
const openaiCall = {
  index: 0,
  id: "call-1",
  type: "function",
  function: { name: "look", arguments: "{}" },
};
const completion = (message: object, finish: string): Answer => ({
  json: {
    ...openaiHead,
    object: "chat.completion",
    choices: [{ index: 0, message, finish_reason: finish }],
    usage: openaiUsage,
  },
});
const chunks = (delta: object, finish: string): Answer => ({
  sse: [
    { choices: [{ index: 0, delta, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: finish }] },
    { choices: [], usage: openaiUsage },
  ].map((part) => ({
    ...openaiHead,
    object: "chat.completion.chunk",
    ...part,
  })),
  done: true,
});
const role = "assistant";
const openaiRoute: Route = {
  plain: turns(
    completion({ role, content: null, tool_calls: [openaiCall] }, "tool_calls"),
    completion({ role, content: "A cat." }, "stop"),
  ),
  stream: turns(
    chunks({ role, tool_calls: [openaiCall] }, "tool_calls"),
    chunks({ role, content: "A cat." }, "stop"),
  ),
};

Deno.test("run() adds up the turns of OpenAI's runTools(), plain and streamed", async () => {
  const request = {
    model: "gpt-4.1",
    messages,
    tools: [{
      type: "function" as const,
      function: {
        name: "look",
        description: "Looks",
        parameters: {},
        function: () => TOOL_RESULT,
      },
    }],
  };
  await withStandIn(openaiRoute, async (url) => {
    const { completions } =
      new OpenAI({ apiKey: "key", baseURL: `${url}/v1`, maxRetries: 0 }).chat;
    const plain = await runRecorded(
      () => completions.runTools(request),
      (runner) => runner.finalContent(),
    );
    assert.equal(plain.execution["ttft_ms"], undefined);
    const streamed = await runRecorded(
      () => completions.runTools({ ...request, stream: true }),
      (runner) => runner.finalContent(),
    );
    assert.equal(typeof streamed.execution["ttft_ms"], "number");
    for (const { value, execution, codes } of [plain, streamed]) {
      assert.equal(value, "A cat.");
      assert.deepEqual(usageOf(execution), {
        input_tokens: 200,
        output_tokens: 100,
        cache_read_tokens: 120,
        response_model: "gpt-4.1",
      });
      assert.equal(typeof execution["latency_ms"], "number");
      assert.deepEqual(codes, []);
    }
  });
});

const anthropicUsage = {
  input_tokens: 5,
  cache_creation_input_tokens: 40,
  cache_read_input_tokens: 100,
  output_tokens: 50,
};
const anthropicCall = { type: "tool_use", id: "t-1", name: "look", input: {} };
const message = (content: object, stop_reason: string) => ({
  id: "msg-1",
  type: "message",
  role,
  model: "claude-1",
  content: [content],
  stop_reason,
  stop_sequence: null,
  usage: anthropicUsage,
});
const events = (block: object, delta: object, stop_reason: string): Answer => ({
  sse: [
    {
      type: "message_start",
      message: {
        ...message({}, ""),
        content: [],
        stop_reason: null,
        usage: { ...anthropicUsage, output_tokens: 1 },
      },
    },
    { type: "content_block_start", index: 0, content_block: block },
    { type: "content_block_delta", index: 0, delta },
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens: 50 },
    },
    { type: "message_stop" },
  ],
});
const anthropicRoute: Route = {
  plain: turns(
    { json: message(anthropicCall, "tool_use") },
    { json: message({ type: "text", text: "A cat." }, "end_turn") },
  ),
  stream: turns(
    events(
      anthropicCall,
      { type: "input_json_delta", partial_json: "{}" },
      "tool_use",
    ),
    events(
      { type: "text", text: "" },
      { type: "text_delta", text: "A cat." },
      "end_turn",
    ),
  ),
};

Deno.test("run() adds up the turns of Anthropic's toolRunner(), however it is taken", async () => {
  const request = {
    model: "claude-latest",
    max_tokens: 100,
    messages,
    tools: [{
      type: "custom" as const,
      name: "look",
      input_schema: { type: "object" as const },
      run: () => TOOL_RESULT,
      parse: (input: unknown) => input,
    }],
  };
  const read = {
    input_tokens: 290,
    output_tokens: 100,
    cache_read_tokens: 200,
    cache_write_tokens: 80,
    response_model: "claude-1",
  };
  await withStandIn(anthropicRoute, async (url) => {
    const { messages } =
      new Anthropic({ apiKey: "key", baseURL: url, maxRetries: 0 }).beta;
    const call = () => messages.toolRunner(request);
    const awaited = await runRecorded(call, async (runner) => await runner);
    assert.equal(awaited.value.stop_reason, "end_turn");
    const iterated = await runRecorded(call, partsOf);
    assert.deepEqual(
      iterated.value.map((answer) => answer.stop_reason),
      ["tool_use", "end_turn"],
    );
    const run = await runRecorded(call, (runner) => runner.runUntilDone());
    assert.equal(run.value.stop_reason, "end_turn");
    const streamed = await runRecorded(
      () => messages.toolRunner({ ...request, stream: true }),
      async (runner) => {
        const types: string[] = [];
        for await (const stream of runner) {
          for await (const { type } of stream) types.push(type);
        }
        return types;
      },
    );
    assert.equal(streamed.value.length, 12);
    assert.equal(typeof streamed.execution["ttft_ms"], "number");
    for (const { execution, codes } of [awaited, iterated, run, streamed]) {
      assert.deepEqual(usageOf(execution), read);
      assert.equal(typeof execution["latency_ms"], "number");
      assert.equal(execution["aborted"], undefined);
      assert.deepEqual(codes, []);
    }
    const left = await runRecorded(call, async (runner) => {
      for await (const _ of runner) break;
    });
    assert.equal(left.execution["aborted"], true);
    assert.equal(left.execution["input_tokens"], 145);
  });
});
