import assert from "node:assert/strict";
import OpenAI from "openai";
import { Stream } from "openai/streaming";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Route, withStandIn } from "./stand_in.ts";

const usage = {
  prompt_tokens: 100,
  completion_tokens: 50,
  total_tokens: 150,
  prompt_tokens_details: { cached_tokens: 60, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 0 },
};
const read = {
  input_tokens: 100,
  output_tokens: 50,
  cache_read_tokens: 60,
  reasoning_tokens: 30,
  response_model: "gpt-4o-2024-08-06",
};
const head = {
  id: "chatcmpl-1",
  created: 1_700_000_000,
  model: "gpt-4o-2024-08-06",
  service_tier: "default",
  system_fingerprint: "fp_1",
};
const chunk = (delta: object, finish: string | null = null) => ({
  ...head,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  usage: null,
});
const chat: Route = {
  plain: {
    json: {
      ...head,
      object: "chat.completion",
      choices: [{
        index: 0,
        message: { role: "assistant", content: "Hello!", refusal: null },
        logprobs: null,
        finish_reason: "stop",
      }],
      usage,
    },
  },
  stream: {
    sse: [
      chunk({ role: "assistant", content: "", refusal: null }),
      chunk({ content: "Hel" }),
      chunk({ content: "lo!" }),
      chunk({}, "stop"),
      { ...head, object: "chat.completion.chunk", choices: [], usage },
    ],
    done: true,
  },
};
const request = {
  model: "gpt-4o",
  messages: [{ role: "user" as const, content: "Hi" }],
};
const client = (url: string) =>
  new OpenAI({ apiKey: "key", baseURL: `${url}/v1`, maxRetries: 0 });

Deno.test("run() reads OpenAI's chat completions", async () => {
  await withStandIn(chat, async (url) => {
    const { value, execution } = await runRecorded(
      () => client(url).chat.completions.create(request),
      (reply) => reply,
    );
    assert.equal(value.choices[0]?.message.content, "Hello!");
    assert.deepEqual(usageOf(execution), read);
    assert.equal(execution["error"], null);
  });
});

Deno.test("run() leaves OpenAI's promise its withResponse() and asResponse()", async () => {
  await withStandIn(chat, async (url) => {
    const call = () => client(url).chat.completions.create(request);
    const both = await runRecorded(call, (reply) => reply.withResponse());
    assert.equal(both.value.response.status, 200);
    assert.equal(both.value.data.choices[0]?.message.content, "Hello!");
    assert.deepEqual(usageOf(both.execution), read);
    const raw = await runRecorded(call, async (reply) => {
      const response = await reply.asResponse();
      return await response.json();
    });
    assert.deepEqual(raw.value.usage, usage);
    assert.deepEqual(usageOf(raw.execution).input_tokens, null);
    assert.deepEqual(raw.codes, ["usage_unknown"]);
    const end = await runRecorded(call, (reply) => reply.finally(() => {}));
    assert.deepEqual(usageOf(end.execution), read);
  });
});

Deno.test("run() hands OpenAI's stream through, and reads its usage at the end", async () => {
  await withStandIn(chat, async (url) => {
    const call = () =>
      client(url).chat.completions.create({
        ...request,
        stream: true,
        stream_options: { include_usage: true },
      });
    const plain = await partsOf(await call());
    const { value, execution } = await runRecorded(call, async (reply) => {
      const stream = await reply;
      assert.ok(stream instanceof Stream);
      return await partsOf(stream);
    });
    assert.deepEqual(value, plain);
    assert.deepEqual(usageOf(execution), read);
    assert.equal(typeof execution["ttft_ms"], "number");
    assert.equal(typeof execution["latency_ms"], "number");
    assert.equal(execution["aborted"], undefined);
  });
});

Deno.test("run() follows OpenAI's stream through tee() and toReadableStream()", async () => {
  await withStandIn(chat, async (url) => {
    const call = () =>
      client(url).chat.completions.create({ ...request, stream: true });
    const plain = await partsOf(await call());
    const split = await runRecorded(call, async (reply) => {
      const [left, right] = (await reply).tee();
      return [await partsOf(left), await partsOf(right)];
    });
    assert.deepEqual(split.value, [plain, plain]);
    assert.deepEqual(usageOf(split.execution), read);
    const bytes = await new Response((await call()).toReadableStream()).text();
    const web = await runRecorded(
      call,
      async (reply) =>
        await new Response((await reply).toReadableStream()).text(),
    );
    assert.equal(web.value, bytes);
    assert.deepEqual(usageOf(web.execution), read);
  });
});

Deno.test("run() records an OpenAI stream that is left as broken off", async () => {
  await withStandIn(chat, async (url) => {
    const call = () =>
      client(url).chat.completions.create({ ...request, stream: true });
    const left = await runRecorded(call, async (reply) => {
      for await (const { choices } of await reply) {
        if (choices[0]?.delta.content === "Hel") break;
      }
    });
    const stopped = await runRecorded(call, async (reply) => {
      const stream = await reply;
      for await (const { choices } of stream) {
        if (choices[0]?.delta.content === "Hel") stream.controller.abort();
      }
    });
    for (const { execution, codes } of [left, stopped]) {
      assert.equal(execution["aborted"], true);
      assert.equal(execution["error"], null);
      assert.equal(execution["latency_ms"], null);
      assert.equal(typeof execution["ttft_ms"], "number");
      assert.equal(execution["response_model"], head.model);
      assert.deepEqual(codes, []);
    }
  });
});

Deno.test("run() says once that an OpenAI stream without usage has none", async () => {
  const { stream } = chat;
  assert.ok("sse" in stream);
  const bare = { ...chat, stream: { ...stream, sse: stream.sse.slice(0, -1) } };
  await withStandIn(bare, async (url) => {
    const { execution, codes } = await runRecorded(
      () => client(url).chat.completions.create({ ...request, stream: true }),
      async (reply) => await partsOf(await reply),
    );
    assert.equal(execution["input_tokens"], null);
    assert.equal(execution["output_tokens"], null);
    assert.deepEqual(codes, ["usage_unknown"]);
  });
});

Deno.test("run() records OpenAI's errors and throws them on", async () => {
  const broken = {
    json: { error: { message: "Rate limit reached", type: "requests" } },
    status: 429,
  };
  await withStandIn({ plain: broken, stream: broken }, async (url) => {
    const { value, execution } = await runRecorded(
      () => client(url).chat.completions.create(request),
      (reply) => reply.catch((error: unknown) => error),
    );
    assert.ok(value instanceof OpenAI.RateLimitError);
    assert.match(String(execution["error"]), /429 Rate limit reached/);
    assert.equal(typeof execution["latency_ms"], "number");
  });
});

Deno.test("run() follows chat.completions.stream() by its events", async () => {
  await withStandIn(chat, async (url) => {
    const call = () => client(url).chat.completions.stream(request);
    const { value, execution } = await runRecorded(
      call,
      (runner) => runner.finalContent(),
    );
    assert.equal(value, "Hello!");
    assert.deepEqual(usageOf(execution), read);
    assert.equal(typeof execution["ttft_ms"], "number");
    const plain = await partsOf(call());
    const iterated = await runRecorded(call, partsOf);
    assert.deepEqual(iterated.value, plain);
  });
});

const response = {
  id: "resp_1",
  object: "response",
  created_at: 1_700_000_000,
  status: "completed",
  error: null,
  incomplete_details: null,
  model: "gpt-5-2025-08-07",
  output: [{
    type: "message",
    id: "msg_1",
    status: "completed",
    role: "assistant",
    content: [{ type: "output_text", text: "Hello!", annotations: [] }],
  }],
  usage: {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 60 },
    output_tokens: 50,
    output_tokens_details: { reasoning_tokens: 30 },
    total_tokens: 150,
  },
};
const responses: Route = {
  plain: { json: response },
  stream: {
    sse: [
      {
        type: "response.created",
        sequence_number: 0,
        response: { ...response, status: "in_progress", usage: null },
      },
      {
        type: "response.output_text.delta",
        sequence_number: 1,
        item_id: "msg_1",
        output_index: 0,
        content_index: 0,
        delta: "Hello!",
      },
      { type: "response.completed", sequence_number: 2, response },
    ],
  },
};
const responseRead = { ...read, response_model: "gpt-5-2025-08-07" };

Deno.test("run() reads OpenAI's responses, plain and streamed", async () => {
  await withStandIn(responses, async (url) => {
    const ask = { model: "gpt-5", input: "Hi" };
    const { value, execution } = await runRecorded(
      () => client(url).responses.create(ask),
      (reply) => reply,
    );
    assert.equal(value.output_text, "Hello!");
    assert.deepEqual(usageOf(execution), responseRead);
    const call = () => client(url).responses.create({ ...ask, stream: true });
    const plain = await partsOf(await call());
    const streamed = await runRecorded(
      call,
      async (reply) => await partsOf(await reply),
    );
    assert.deepEqual(streamed.value, plain);
    assert.deepEqual(usageOf(streamed.execution), responseRead);
    assert.equal(typeof streamed.execution["ttft_ms"], "number");
  });
});

Deno.test("run() records a response that failed as an error", async () => {
  const failed = {
    ...response,
    status: "failed",
    error: { code: "server_error", message: "The model failed" },
  };
  await withStandIn({
    plain: { json: failed },
    stream: {
      sse: [{ type: "response.failed", sequence_number: 0, response: failed }],
    },
  }, async (url) => {
    const ask = { model: "gpt-5", input: "Hi" };
    const plain = await runRecorded(
      () => client(url).responses.create(ask),
      (reply) => reply,
    );
    const streamed = await runRecorded(
      () => client(url).responses.create({ ...ask, stream: true }),
      async (reply) => await partsOf(await reply),
    );
    assert.equal(plain.execution["error"], "The model failed");
    assert.equal(streamed.execution["error"], "The model failed");
  });
});
