import assert from "node:assert/strict";
import fc from "fast-check";
import { readUsage } from "./usage.ts";
import { UsageReader } from "./usage/usage_reader.ts";

const unknown = {
  inputTokens: null,
  outputTokens: null,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
  responseModel: null,
  cost: null,
  cacheWrite1hTokens: null,
};

Deno.test("readUsage() reads OpenAI's chat completions", () => {
  assert.deepEqual(
    readUsage({
      model: "gpt-4o-2024-08-06",
      usage: {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 60, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 30 },
      },
    }),
    {
      ...unknown,
      inputTokens: 100,
      outputTokens: 50,
      cacheReadTokens: 60,
      cacheWriteTokens: null,
      reasoningTokens: 30,
      responseModel: "gpt-4o-2024-08-06",
    },
  );
});

Deno.test("readUsage() reads OpenAI's responses, whose input holds the cached tokens", () => {
  assert.deepEqual(
    readUsage({
      model: "gpt-5",
      usage: {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 60, cache_write_tokens: 10 },
        output_tokens: 50,
        output_tokens_details: { reasoning_tokens: 30 },
      },
    }),
    {
      ...unknown,
      inputTokens: 100,
      outputTokens: 50,
      cacheReadTokens: 60,
      cacheWriteTokens: 10,
      reasoningTokens: 30,
      responseModel: "gpt-5",
    },
  );
});

Deno.test("readUsage() adds the cached tokens that Anthropic leaves out of its input", () => {
  assert.deepEqual(
    readUsage({
      model: "claude-sonnet-4-5",
      usage: {
        input_tokens: 5,
        cache_creation_input_tokens: 40,
        cache_read_input_tokens: 100,
        output_tokens: 50,
      },
    }),
    {
      ...unknown,
      inputTokens: 145,
      outputTokens: 50,
      cacheReadTokens: 100,
      cacheWriteTokens: 40,
      reasoningTokens: null,
      responseModel: "claude-sonnet-4-5",
    },
  );
});

Deno.test("readUsage() takes Anthropic's null for no cache at all", () => {
  const usage = readUsage({
    usage: {
      input_tokens: 5,
      cache_creation_input_tokens: null,
      cache_read_input_tokens: null,
      output_tokens: 0,
    },
  });
  assert.deepEqual(usage, { ...unknown, inputTokens: 5, outputTokens: 0 });
});

Deno.test("readUsage() prefers prompt and completion tokens, as Python does", () => {
  assert.deepEqual(
    readUsage({
      usage: { prompt_tokens: 7, input_tokens: 1, output_tokens: 2 },
    }),
    { ...unknown, inputTokens: 7 },
  );
  assert.deepEqual(
    readUsage({
      usage: { prompt_tokens: null, input_tokens: 1, output_tokens: 2 },
    }),
    { ...unknown, inputTokens: 1, outputTokens: 2 },
  );
});

Deno.test("readUsage() takes no count that is no whole number from 0", () => {
  for (const count of [-1, 1.5, NaN, Infinity, "12", 2 ** 60, {}, true]) {
    const usage = { prompt_tokens: count, completion_tokens: 3 };
    assert.equal(readUsage({ usage }).inputTokens, null);
  }
});

Deno.test("readUsage() of anything else is unknown and never throws", () => {
  const throwing = new Proxy({}, {
    get() {
      throw new Error("no");
    },
  });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (
    const response of [
      throwing,
      revoked.proxy,
      { usage: throwing },
      { usage: revoked.proxy },
      { usage: 7, model: throwing },
      () => {},
      null,
      undefined,
      "text",
      Object.create(null),
    ]
  ) assert.deepEqual(readUsage(response), unknown);
  fc.assert(fc.property(fc.anything(), (value) => {
    readUsage(value);
    readUsage({ usage: value, model: value });
  }));
});

// What the providers' own packages give is read in tests/providers/. These are
// shapes of services and versions that have no package there.
const others: readonly (readonly [string, unknown, object])[] = [
  ["OpenRouter, which says its cost", {
    model: "openai/gpt-4o",
    usage: {
      prompt_tokens: 10,
      completion_tokens: 2,
      total_tokens: 12,
      cost: 0.00014,
    },
  }, {
    inputTokens: 10,
    outputTokens: 2,
    cost: 0.00014,
    responseModel: "openai/gpt-4o",
  }],
  ["DeepSeek, which names cached tokens in its own way", {
    usage: {
      prompt_tokens: 10,
      completion_tokens: 2,
      total_tokens: 12,
      prompt_cache_hit_tokens: 8,
      prompt_cache_miss_tokens: 2,
    },
  }, { inputTokens: 10, outputTokens: 2, cacheReadTokens: 8 }],
  ["xAI, whose reasoning is outside the completion", {
    usage: {
      prompt_tokens: 10,
      completion_tokens: 2,
      total_tokens: 112,
      completion_tokens_details: { reasoning_tokens: 100 },
    },
  }, { inputTokens: 10, outputTokens: 102, reasoningTokens: 100 }],
  ["Mistral's REST API", {
    usage: {
      prompt_tokens: 10,
      completion_tokens: 2,
      total_tokens: 12,
      num_cached_tokens: 8,
    },
  }, { inputTokens: 10, outputTokens: 2, cacheReadTokens: 8 }],
  ["Mistral's older client", {
    usage: { promptTokens: 10, completionTokens: 2, numCachedTokens: 8 },
  }, { inputTokens: 10, outputTokens: 2, cacheReadTokens: 8 }],
  ["Cohere's REST API", {
    usage: {
      billed_units: { input_tokens: 1, output_tokens: 1 },
      tokens: { input_tokens: 10, output_tokens: 2 },
      cached_tokens: 8,
    },
  }, { inputTokens: 10, outputTokens: 2, cacheReadTokens: 8 }],
  ["the AI SDK's version 4, with unknown as NaN", {
    usage: { promptTokens: 10, completionTokens: NaN, totalTokens: NaN },
  }, { inputTokens: 10 }],
  ["the AI SDK's version 5, all steps and not the last", {
    usage: { inputTokens: 5, outputTokens: 1 },
    totalUsage: {
      inputTokens: 10,
      outputTokens: 4,
      reasoningTokens: 3,
      cachedInputTokens: 8,
    },
    response: { modelId: "m-1" },
  }, {
    inputTokens: 10,
    outputTokens: 4,
    reasoningTokens: 3,
    cacheReadTokens: 8,
    responseModel: "m-1",
  }],
  ["the AI SDK's providers of version 2", {
    usage: { inputTokens: 10, outputTokens: 4, cachedInputTokens: 8 },
  }, { inputTokens: 10, outputTokens: 4, cacheReadTokens: 8 }],
  ["an answer that stands beside its HTTP response", {
    data: { model: "m-1", usage: { prompt_tokens: 1, completion_tokens: 2 } },
    response: new Response(),
  }, { inputTokens: 1, outputTokens: 2, responseModel: "m-1" }],
];
for (const [name, response, expected] of others) {
  Deno.test(`readUsage() reads ${name}`, () => {
    assert.deepEqual(readUsage(response), { ...unknown, ...expected });
  });
}

Deno.test("readUsage() guesses nothing from a shape that it does not know", () => {
  for (
    const response of [
      { usage: { tokens: 12 } },
      { usage: { total_tokens: 12 } },
      { usage: { inputTokenCount: 1, outputTokenCount: 2 } },
      { tokens: { input: 1, output: 2 } },
      { choices: [{ text: "Hi" }] },
    ]
  ) assert.deepEqual(readUsage(response), unknown);
});

Deno.test("readUsage() adds cached tokens to an input that is less, as the AI SDK 5 has it for Anthropic", () => {
  const { inputTokens, cacheReadTokens } = readUsage({
    usage: { inputTokens: 5, cachedInputTokens: 100, outputTokens: 50 },
  });
  assert.deepEqual([inputTokens, cacheReadTokens], [105, 100]);
});

Deno.test("a UsageReader adds up answers that next() parts, and replaces what one answer says twice", () => {
  const reader = new UsageReader();
  for (const output of [10, 20]) {
    const prompt_tokens_details = { cached_tokens: 3 };
    const usage = { prompt_tokens: 7, prompt_tokens_details };
    reader.add({ model: "m", usage: { ...usage, completion_tokens: 1 } });
    reader.add({ usage: { ...usage, completion_tokens: output } });
    reader.next();
  }
  reader.add({ usage: { prompt_tokens: 1 } });
  const { inputTokens, outputTokens, cacheReadTokens } = reader.read();
  assert.deepEqual([inputTokens, outputTokens, cacheReadTokens], [15, 30, 6]);
  assert.deepEqual(reader.read(), reader.read());
});
