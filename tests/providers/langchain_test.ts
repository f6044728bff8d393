import { ChatOpenAI } from "@langchain/openai";
import { AIMessageChunk } from "@langchain/core/messages";
import { IterableReadableStream } from "@langchain/core/utils/stream";
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
const chat: Route = {
  plain: {
    json: {
      ...head,
      object: "chat.completion",
      choices: [{
        index: 0,
        message: { role: "assistant", content: "Hello!" },
        finish_reason: "stop",
      }],
      usage,
    },
  },
  stream: {
    sse: [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "Hel" }),
      chunk({ content: "lo!" }),
      chunk({}, "stop"),
      { ...head, object: "chat.completion.chunk", choices: [], usage },
    ],
    done: true,
  },
};
const model = (url: string) =>
  new ChatOpenAI({
    apiKey: "key",
    model: "gpt-4o",
    maxRetries: 0,
    configuration: { baseURL: `${url}/v1` },
  });

Deno.test("run() reads LangChain's messages", async () => {
  await withStandIn(chat, async (url) => {
    const { value, execution } = await runRecorded(
      () => model(url).invoke("Hi"),
      (reply) => reply,
    );
    assert.equal(value.content, "Hello!");
    assert.deepEqual(usageOf(execution), read);
  });
});

Deno.test("run() hands LangChain's stream through", async () => {
  await withStandIn(chat, async (url) => {
    const call = () => model(url).stream("Hi");
    const original = await call();
    const texts = async (reply: ReturnType<typeof call>) => {
      const stream = await reply;
      assert.ok(stream instanceof original.constructor);
      return (await partsOf(stream)).map(({ content }) => content);
    };
    const { value, execution } = await runRecorded(call, texts);
    assert.deepEqual(value, await texts(call()));
    assert.deepEqual(usageOf(execution), read);
    assert.equal(typeof execution["ttft_ms"], "number");
    const stepped = await runRecorded(call, async (reply) => {
      const stream = await reply;
      await stream.next();
      await stream.return();
    });
    assert.equal(stepped.execution["aborted"], true);
    await original.return();
  });
});

Deno.test("run() adds LangChain's parts up, as LangChain does", async () => {
  const part = (input: number, output: number): AIMessageChunk =>
    Object.assign(new AIMessageChunk("x"), {
      usage_metadata: {
        input_tokens: input,
        output_tokens: output,
        total_tokens: input + output,
        input_token_details: { cache_read: input },
      },
    });
  async function* parts() {
    yield* [part(7, 0), await Promise.resolve(part(0, 9))];
  }
  const { value, execution } = await runRecorded(
    () => IterableReadableStream.fromAsyncGenerator(parts()),
    partsOf,
  );
  const [first = new AIMessageChunk(""), ...more]: AIMessageChunk[] = value;
  const sum: unknown = more.reduce((a, b) => a.concat(b), first).usage_metadata;
  assert.deepEqual(sum, {
    input_tokens: execution["input_tokens"],
    output_tokens: execution["output_tokens"],
    total_tokens: 16,
    input_token_details: { cache_read: 7 },
    output_token_details: {},
  });
  assert.equal(execution["cache_read_tokens"], 7);
});
