import type { UsageShape } from "./usage_shape.ts";

/**
 * OpenAI's chat completions and what speaks like them: Azure, OpenRouter,
 * DeepSeek (`prompt_cache_hit_tokens`), Mistral's REST API
 * (`num_cached_tokens`), and xAI, where reasoning is outside the completion.
 */
export const openAiChat: UsageShape = {
  input: "prompt_tokens",
  output: "completion_tokens",
  cacheRead: [
    "prompt_tokens_details.cached_tokens",
    "prompt_cache_hit_tokens",
    "num_cached_tokens",
  ],
  cacheWrite: ["prompt_tokens_details.cache_write_tokens"],
  reasoning: ["completion_tokens_details.reasoning_tokens"],
  total: "total_tokens",
};
