import type { UsageShape } from "./usage_shape.ts";

/**
 * Mistral's TypeScript client, which leaves fields that it does not know as the
 * REST API names them, and version 4 of the AI SDK.
 */
export const promptCompletionTokens: UsageShape = {
  input: "promptTokens",
  output: "completionTokens",
  cacheRead: [
    "promptTokensDetails.cachedTokens",
    "prompt_tokens_details.cached_tokens",
    "numCachedTokens",
    "num_cached_tokens",
  ],
};
