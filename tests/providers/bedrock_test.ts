import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import assert from "node:assert/strict";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Route, withStandIn } from "./stand_in.ts";

const usage = {
  inputTokens: 5,
  outputTokens: 50,
  totalTokens: 195,
  cacheReadInputTokens: 100,
  cacheWriteInputTokens: 40,
};
const read = {
  input_tokens: 145,
  output_tokens: 50,
  cache_read_tokens: 100,
  cache_write_tokens: 40,
};
const route: Route = {
  plain: {
    json: {
      output: { message: { role: "assistant", content: [{ text: "Hello!" }] } },
      stopReason: "end_turn",
      usage,
      metrics: { latencyMs: 12 },
    },
  },
  stream: {
    events: [
      ["messageStart", { role: "assistant" }],
      ["contentBlockDelta", {
        contentBlockIndex: 0,
        delta: { text: "Hello!" },
      }],
      ["contentBlockStop", { contentBlockIndex: 0 }],
      ["messageStop", { stopReason: "end_turn" }],
      ["metadata", { usage, metrics: { latencyMs: 12 } }],
    ],
  },
  isStream: (path) => path.endsWith("/converse-stream"),
};
const request = {
  modelId: "anthropic.claude-sonnet-4-5-20250929-v1:0",
  messages: [{ role: "user" as const, content: [{ text: "Hi" }] }],
};

async function withClient(
  use: (client: BedrockRuntimeClient) => Promise<void>,
): Promise<void> {
  await withStandIn(route, async (endpoint) => {
    const client = new BedrockRuntimeClient({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "id", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
    try {
      await use(client);
    } finally {
      client.destroy();
    }
  });
}

Deno.test("run() reads Bedrock's Converse, whose input leaves out the cache", async () => {
  await withClient(async (client) => {
    const { execution } = await runRecorded(
      () => client.send(new ConverseCommand(request)),
      (reply) => reply,
    );
    assert.deepEqual(usageOf(execution), read);
  });
});

Deno.test("run() hands the stream in Bedrock's answer through", async () => {
  await withClient(async (client) => {
    const call = () => client.send(new ConverseStreamCommand(request));
    const parts = async (reply: ReturnType<typeof call>) => {
      const { stream } = await reply;
      assert.ok(stream !== undefined);
      return await partsOf(stream);
    };
    const plain = await parts(call());
    const { value, execution } = await runRecorded(call, parts);
    assert.equal(plain.length, 5);
    assert.deepEqual(value, plain);
    assert.deepEqual(usageOf(execution), read);
    assert.equal(typeof execution["ttft_ms"], "number");
    const left = await runRecorded(call, async (reply) => {
      for await (const _ of (await reply).stream ?? []) break;
    });
    assert.equal(left.execution["aborted"], true);
  });
});
