import { CohereClientV2 } from "cohere-ai";
import assert from "node:assert/strict";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Route, withStandIn } from "./stand_in.ts";

const usage = {
  billed_units: { input_tokens: 3, output_tokens: 4 },
  tokens: { input_tokens: 100, output_tokens: 50 },
  cached_tokens: 60,
};
const read = { input_tokens: 100, output_tokens: 50, cache_read_tokens: 60 };
const route: Route = {
  plain: {
    json: {
      id: "1",
      finish_reason: "COMPLETE",
      message: {
        role: "assistant",
        content: [{ type: "text", text: "Hello!" }],
      },
      usage,
    },
  },
  stream: {
    sse: [
      {
        type: "message-start",
        id: "1",
        delta: { message: { role: "assistant", content: [] } },
      },
      {
        type: "content-start",
        index: 0,
        delta: { message: { content: { type: "text", text: "" } } },
      },
      {
        type: "content-delta",
        index: 0,
        delta: { message: { content: { text: "Hello!" } } },
      },
      { type: "content-end", index: 0 },
      {
        type: "message-end",
        delta: { finish_reason: "COMPLETE", usage },
      },
    ],
    done: true,
  },
};
const request = {
  model: "command-a-03-2025",
  messages: [{ role: "user" as const, content: "Hi" }],
};
const client = (url: string) =>
  new CohereClientV2({ token: "key", environment: url, maxRetries: 0 });

Deno.test("run() reads Cohere's client, and its answer with the response", async () => {
  await withStandIn(route, async (url) => {
    const call = () => client(url).chat(request);
    const plain = await runRecorded(call, (reply) => reply);
    assert.equal(plain.value.id, "1");
    const raw = await runRecorded(call, (reply) => reply.withRawResponse());
    assert.equal(raw.value.rawResponse.status, 200);
    for (const { execution } of [plain, raw]) {
      assert.deepEqual(usageOf(execution), read);
    }
  });
});

Deno.test("run() hands Cohere's stream through", async () => {
  await withStandIn(route, async (url) => {
    const call = () => client(url).chatStream(request);
    const plain = await partsOf(await call());
    const { value, execution } = await runRecorded(
      call,
      async (reply) => await partsOf(await reply),
    );
    assert.deepEqual(value, plain);
    assert.deepEqual(usageOf(execution), read);
    assert.equal(typeof execution["ttft_ms"], "number");
    const left = await runRecorded(call, async (reply) => {
      for await (const _ of await reply) break;
    });
    assert.equal(left.execution["aborted"], true);
  });
});
