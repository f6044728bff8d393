import { Mistral } from "@mistralai/mistralai";
import assert from "node:assert/strict";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Route, withStandIn } from "./stand_in.ts";

const usage = {
  prompt_tokens: 100,
  completion_tokens: 50,
  total_tokens: 150,
  num_cached_tokens: 60,
};
const read = {
  input_tokens: 100,
  output_tokens: 50,
  cache_read_tokens: 60,
  response_model: "mistral-small-2506",
};
const head = { id: "1", created: 1_700_000_000, model: "mistral-small-2506" };
const chunk = (delta: object, finish: string | null = null) => ({
  ...head,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const route: Route = {
  plain: {
    json: {
      ...head,
      object: "chat.completion",
      choices: [{
        index: 0,
        message: { role: "assistant", content: "Hello!", tool_calls: null },
        finish_reason: "stop",
      }],
      usage,
    },
  },
  stream: {
    sse: [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "Hel" }),
      { ...chunk({ content: "lo!" }, "stop"), usage },
    ],
    done: true,
  },
};
const request = {
  model: "mistral-small-latest",
  messages: [{ role: "user" as const, content: "Hi" }],
};
const chat = (url: string) =>
  new Mistral({ apiKey: "key", serverURL: url }).chat;

Deno.test("run() reads Mistral's client", async () => {
  await withStandIn(route, async (url) => {
    const { execution } = await runRecorded(
      () => chat(url).complete(request),
      (reply) => reply,
    );
    assert.deepEqual(usageOf(execution), read);
  });
});

Deno.test("run() hands Mistral's stream through, however it is read", async () => {
  await withStandIn(route, async (url) => {
    const call = () => chat(url).stream(request);
    const original = await call();
    const plain = await partsOf(original);
    const iterated = await runRecorded(call, async (reply) => {
      const stream = await reply;
      assert.ok(stream instanceof original.constructor);
      return await partsOf(stream);
    });
    const read1 = await runRecorded(call, async (reply) => {
      const reader = (await reply).getReader();
      const parts: unknown[] = [];
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return parts;
        parts.push(value);
      }
    });
    const split = await runRecorded(call, async (reply) => {
      const [left, right] = (await reply).tee();
      assert.deepEqual(await partsOf(left), plain);
      return await partsOf(right);
    });
    for (const { value, execution } of [iterated, read1, split]) {
      assert.deepEqual(value, plain);
      assert.deepEqual(usageOf(execution), read);
      assert.equal(typeof execution["ttft_ms"], "number");
    }
    const left = await runRecorded(call, async (reply) => {
      for await (const _ of await reply) break;
    });
    assert.equal(left.execution["aborted"], true);
  });
});
