import type { UsageShape } from "./usage_shape.ts";

/**
 * Anthropic's messages, whose input leaves out what was cached, and OpenAI's
 * responses, whose input holds it. They share the names of the totals, and
 * each has names of its own for the rest.
 */
export const inputOutputTokens: UsageShape = {
  input: "input_tokens",
  inputPlus: ["cache_read_input_tokens", "cache_creation_input_tokens"],
  output: "output_tokens",
  cacheRead: ["cache_read_input_tokens", "input_tokens_details.cached_tokens"],
  cacheWrite: [
    "cache_creation_input_tokens",
    "input_tokens_details.cache_write_tokens",
  ],
  cacheWrite1h: ["cache_creation.ephemeral_1h_input_tokens"],
  reasoning: ["output_tokens_details.reasoning_tokens"],
};
