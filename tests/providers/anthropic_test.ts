import Anthropic from "@anthropic-ai/sdk";
import assert from "node:assert/strict";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Route, withStandIn } from "./stand_in.ts";

const usage = {
  input_tokens: 5,
  cache_creation_input_tokens: 40,
  cache_read_input_tokens: 100,
  cache_creation: {
    ephemeral_5m_input_tokens: 30,
    ephemeral_1h_input_tokens: 10,
  },
  output_tokens: 50,
  service_tier: "standard",
};
const read = {
  input_tokens: 145,
  output_tokens: 50,
  cache_read_tokens: 100,
  cache_write_tokens: 40,
  cache_write_1h_tokens: 10,
  response_model: "claude-sonnet-4-5-20250929",
};
const message = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-5-20250929",
  content: [{ type: "text", text: "Hello!" }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage,
};
const route: Route = {
  plain: { json: message },
  stream: {
    sse: [
      {
        type: "message_start",
        message: {
          ...message,
          content: [],
          stop_reason: null,
          usage: { ...usage, output_tokens: 1 },
        },
      },
      {
        type: "content_block_start",
        index: 0,
        content_block: { type: "text", text: "" },
      },
      { type: "ping" },
      {
        type: "content_block_delta",
        index: 0,
        delta: { type: "text_delta", text: "Hel" },
      },
      {
        type: "content_block_delta",
        index: 0,
        delta: { type: "text_delta", text: "lo!" },
      },
      { type: "content_block_stop", index: 0 },
      {
        type: "message_delta",
        delta: { stop_reason: "end_turn", stop_sequence: null },
        usage: { output_tokens: 50 },
      },
      { type: "message_stop" },
    ],
  },
};
const request = {
  model: "claude-latest",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "Hi" }],
};
const client = (url: string) =>
  new Anthropic({ apiKey: "key", baseURL: url, maxRetries: 0 });

Deno.test("run() reads Anthropic's messages, whose input leaves out the cache", async () => {
  await withStandIn(route, async (url) => {
    const { value, execution } = await runRecorded(
      () => client(url).messages.create(request),
      (reply) => reply,
    );
    assert.equal(value.id, "msg_1");
    assert.deepEqual(usageOf(execution), read);
  });
});

Deno.test("run() reads Anthropic's stream, whose counts are sums so far", async () => {
  await withStandIn(route, async (url) => {
    const call = () =>
      client(url).messages.create({ ...request, stream: true });
    const plain = await partsOf(await call());
    const { value, execution } = await runRecorded(
      call,
      async (reply) => await partsOf(await reply),
    );
    assert.deepEqual(value, plain);
    assert.deepEqual(usageOf(execution), read);
    assert.equal(typeof execution["ttft_ms"], "number");
  });
});

Deno.test("run() follows messages.stream() whether it is iterated or listened to", async () => {
  await withStandIn(route, async (url) => {
    const call = () => client(url).messages.stream(request);
    const plain = await partsOf(call());
    const iterated = await runRecorded(call, partsOf);
    assert.deepEqual(iterated.value, plain);
    const texts: string[] = [];
    const listened = await runRecorded(call, async (stream) => {
      stream.on("text", (text) => texts.push(text));
      return await stream.finalMessage();
    });
    assert.deepEqual(texts, ["Hel", "lo!"]);
    assert.equal(listened.value.stop_reason, "end_turn");
    for (const { execution } of [iterated, listened]) {
      assert.deepEqual(usageOf(execution), read);
      assert.equal(typeof execution["ttft_ms"], "number");
    }
  });
});

Deno.test("run() records messages.stream() that is left or stopped as broken off", async () => {
  await withStandIn(route, async (url) => {
    const call = () => client(url).messages.stream(request);
    const left = await runRecorded(call, async (stream) => {
      for await (const { type } of stream) {
        if (type === "content_block_delta") break;
      }
    });
    const stopped = await runRecorded(call, async (stream) => {
      stream.on("text", () => stream.abort());
      await assert.rejects(stream.finalMessage(), Anthropic.APIUserAbortError);
    });
    for (const { execution } of [left, stopped]) {
      assert.equal(execution["aborted"], true);
      assert.equal(execution["latency_ms"], null);
    }
  });
});

Deno.test("run() records Anthropic's errors, before a stream and in it", async () => {
  const error = {
    type: "error",
    error: { type: "overloaded_error", message: "Overloaded" },
  };
  const stream = { sse: [...("sse" in route.stream ? route.stream.sse : [])] };
  stream.sse.splice(4, 4, error);
  await withStandIn(
    { plain: { json: error, status: 529 }, stream },
    async (url) => {
      const plain = await runRecorded(
        () => client(url).messages.create(request),
        (reply) => reply.catch((caught: unknown) => caught),
      );
      assert.ok(plain.value instanceof Anthropic.APIError);
      const streamed = await runRecorded(
        () => client(url).messages.create({ ...request, stream: true }),
        async (reply) => {
          await assert.rejects(partsOf(await reply), /Overloaded/);
        },
      );
      const emitted = await runRecorded(
        () => client(url).messages.stream(request),
        async (runner) => {
          await assert.rejects(runner.finalMessage(), /Overloaded/);
        },
      );
      for (const { execution } of [plain, streamed, emitted]) {
        assert.match(String(execution["error"]), /Overloaded/);
      }
    },
  );
});
