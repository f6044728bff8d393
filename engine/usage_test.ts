import assert from "node:assert/strict";
import fc from "fast-check";
import { readUsage } from "./usage.ts";

const unknown = {
  inputTokens: null,
  outputTokens: null,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
  responseModel: null,
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
