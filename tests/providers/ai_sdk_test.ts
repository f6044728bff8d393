import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { generateObject, generateText, jsonSchema, stepCountIs } from "ai";
import { streamObject, streamText, tool } from "ai";
import assert from "node:assert/strict";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Route, withStandIn } from "./stand_in.ts";

const usage = {
  prompt_tokens: 100,
  completion_tokens: 50,
  total_tokens: 150,
  prompt_tokens_details: { cached_tokens: 60 },
  completion_tokens_details: { reasoning_tokens: 30 },
};
const read = {
  input_tokens: 100,
  output_tokens: 50,
  cache_read_tokens: 60,
  reasoning_tokens: 30,
  response_model: "gpt-4o-2024-08-06",
};
const head = { id: "1", created: 1_700_000_000, model: "gpt-4o-2024-08-06" };
const chunk = (delta: object, finish: string | null = null) => ({
  ...head,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const chat = (text: string): Route => ({
  plain: {
    json: {
      ...head,
      object: "chat.completion",
      choices: [{
        index: 0,
        message: { role: "assistant", content: text },
        finish_reason: "stop",
      }],
      usage,
    },
  },
  stream: {
    sse: [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: text.slice(0, 3) }),
      chunk({ content: text.slice(3) }),
      chunk({}, "stop"),
      { ...head, object: "chat.completion.chunk", choices: [], usage },
    ],
    done: true,
  },
});
const model = (url: string) =>
  createOpenAI({ apiKey: "key", baseURL: `${url}/v1` }).chat("gpt-4o");

Deno.test("run() reads the AI SDK's generateText() and generateObject()", async () => {
  await withStandIn(chat("Hello!"), async (url) => {
    const { value, execution } = await runRecorded(
      () => generateText({ model: model(url), prompt: "Hi", maxRetries: 0 }),
      (reply) => reply,
    );
    assert.equal(value.text, "Hello!");
    assert.deepEqual(usageOf(execution), read);
  });
  await withStandIn(chat('{"a":1}'), async (url) => {
    const { value, execution } = await runRecorded(
      () =>
        generateObject({
          model: model(url),
          prompt: "Hi",
          schema: jsonSchema<{ a: number }>({
            type: "object",
            properties: { a: { type: "number" } },
          }),
        }),
      (reply) => reply,
    );
    assert.deepEqual(value.object, { a: 1 });
    assert.deepEqual(usageOf(execution), read);
  });
});

Deno.test("run() counts all steps of the AI SDK once", async () => {
  let calls = 0;
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, async (request) => {
    await request.text();
    const tools = calls++ === 0;
    return Response.json({
      ...head,
      object: "chat.completion",
      choices: [{
        index: 0,
        message: {
          role: "assistant",
          content: tools ? null : "Sunny",
          ...(tools && {
            tool_calls: [{
              id: "t1",
              type: "function",
              function: { name: "weather", arguments: "{}" },
            }],
          }),
        },
        finish_reason: tools ? "tool_calls" : "stop",
      }],
      usage,
    });
  });
  const { value, execution } = await runRecorded(
    () =>
      generateText({
        model: model(`http://127.0.0.1:${server.addr.port}`),
        prompt: "Hi",
        stopWhen: stepCountIs(3),
        tools: {
          weather: tool({
            inputSchema: jsonSchema<object>({ type: "object", properties: {} }),
            execute: () => "sunny",
          }),
        },
      }),
    (reply) => reply,
  );
  await server.shutdown();
  assert.equal(value.steps.length, 2);
  assert.deepEqual(usageOf(execution), {
    input_tokens: 200,
    output_tokens: 100,
    cache_read_tokens: 120,
    reasoning_tokens: 60,
    response_model: head.model,
  });
});

Deno.test("run() reads the AI SDK's Anthropic provider, cache and all", async () => {
  await withStandIn({
    plain: {
      json: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "claude-1",
        content: [{ type: "text", text: "Hello!" }],
        stop_reason: "end_turn",
        usage: {
          input_tokens: 5,
          cache_creation_input_tokens: 40,
          cache_read_input_tokens: 100,
          output_tokens: 50,
        },
      },
    },
    stream: { sse: [] },
  }, async (url) => {
    const provider = createAnthropic({ apiKey: "key", baseURL: `${url}/v1` });
    const { execution } = await runRecorded(
      () => generateText({ model: provider("claude-latest"), prompt: "Hi" }),
      (reply) => reply,
    );
    assert.deepEqual(usageOf(execution), {
      input_tokens: 145,
      output_tokens: 50,
      cache_read_tokens: 100,
      cache_write_tokens: 40,
      response_model: "claude-1",
    });
  });
});

Deno.test("run() hands each of streamText()'s streams through", async () => {
  await withStandIn(chat("Hello!"), async (url) => {
    const call = () => streamText({ model: model(url), prompt: "Hi" });
    const plain = call();
    const uses: {
      readonly [name: string]: (
        result: ReturnType<typeof call>,
      ) => Promise<unknown>;
    } = {
      textStream: ({ textStream }) => partsOf(textStream),
      text: async ({ text }) => await text,
      toTextStreamResponse: (result) => result.toTextStreamResponse().text(),
      toUIMessageStreamResponse: (result) =>
        result.toUIMessageStreamResponse().text(),
      reader: async ({ textStream }) =>
        (await textStream.getReader().read()).value,
      both: async (result) => [
        await partsOf(result.textStream),
        await result.totalUsage,
      ],
    };
    for (const [name, use] of Object.entries(uses)) {
      const { value, execution } = await runRecorded(call, async (result) => {
        assert.ok(result instanceof plain.constructor);
        const used = await use(result);
        // Reads on to the end where only one part was read.
        await result.consumeStream();
        return used;
      });
      assert.deepEqual(value, await use(call()), name);
      assert.deepEqual(usageOf(execution), read, name);
      assert.equal(typeof execution["ttft_ms"], "number", name);
    }
    const types = async ({ fullStream }: ReturnType<typeof call>) =>
      (await partsOf(fullStream)).map(({ type }) => type);
    const full = await runRecorded(call, types);
    assert.deepEqual(full.value, await types(call()));
  });
});

Deno.test("run() records a streamText() that is left as broken off, unless it is read on", async () => {
  await withStandIn(chat("Hello!"), async (url) => {
    const call = () => streamText({ model: model(url), prompt: "Hi" });
    const left = await runRecorded(call, async ({ textStream }) => {
      for await (const _ of textStream) break;
    });
    assert.equal(left.execution["aborted"], true);
    assert.equal(left.execution["latency_ms"], null);
    const gone = await runRecorded(
      call,
      (result) => result.toTextStreamResponse().body?.cancel(),
    );
    assert.equal(gone.execution["aborted"], true);
    const readOn = await runRecorded(call, async (result) => {
      const end = result.consumeStream();
      for await (const _ of result.textStream) break;
      await end;
    });
    assert.equal(readOn.execution["aborted"], undefined);
    assert.deepEqual(usageOf(readOn.execution), read);
  });
});

Deno.test("run() records the errors and the aborts that streamText() sends as parts", async () => {
  const broken = {
    json: { error: { message: "Overloaded", type: "server_error" } },
    status: 500,
  };
  await withStandIn({ plain: broken, stream: broken }, async (url) => {
    const { execution } = await runRecorded(
      () =>
        streamText({
          model: model(url),
          prompt: "Hi",
          maxRetries: 0,
          onError() {},
        }),
      (result) => partsOf(result.fullStream),
    );
    assert.match(String(execution["error"]), /Overloaded/);
  });
  await withStandIn(chat("Hello!"), async (url) => {
    const abort = new AbortController();
    const { execution } = await runRecorded(
      () =>
        streamText({
          model: model(url),
          prompt: "Hi",
          abortSignal: abort.signal,
        }),
      async (result) => {
        for await (const _ of result.fullStream) abort.abort();
      },
    );
    assert.equal(execution["aborted"], true);
    assert.equal(execution["error"], null);
  });
});

Deno.test("run() hands streamObject()'s streams through", async () => {
  await withStandIn(chat('{"a":1}'), async (url) => {
    const call = () =>
      streamObject({
        model: model(url),
        prompt: "Hi",
        schema: jsonSchema<{ a: number }>({
          type: "object",
          properties: { a: { type: "number" } },
        }),
      });
    const plain = await partsOf(call().partialObjectStream);
    const { value, execution } = await runRecorded(
      call,
      (result) => partsOf(result.partialObjectStream),
    );
    assert.deepEqual(value, plain);
    assert.deepEqual(usageOf(execution), read);
  });
});

Deno.test("run() reads the AI SDK's providers without the SDK", async () => {
  await withStandIn(chat("Hello!"), async (url) => {
    const prompt = [{
      role: "user" as const,
      content: [{ type: "text" as const, text: "Hi" }],
    }];
    const plain = await runRecorded(
      () => model(url).doGenerate({ prompt }),
      async (reply) => await reply,
    );
    assert.deepEqual(usageOf(plain.execution), read);
    const call = () => model(url).doStream({ prompt });
    const types = async (reply: ReturnType<typeof call>) =>
      (await partsOf((await reply).stream)).map(({ type }) => type);
    const streamed = await runRecorded(call, types);
    assert.deepEqual(streamed.value, await types(call()));
    assert.deepEqual(usageOf(streamed.execution), read);
  });
});
