import type { UsageShape } from "./usage_shape.ts";

/** LangChain's messages, whatever provider is behind them. */
export const langChain: UsageShape = {
  input: "input_tokens",
  output: "output_tokens",
  cacheRead: ["input_token_details.cache_read"],
  cacheWrite: ["input_token_details.cache_creation"],
  reasoning: ["output_token_details.reasoning"],
};
