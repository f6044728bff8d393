import type { UsageShape } from "./usage_shape.ts";

/** Cohere's TypeScript client: what was counted, not what is billed. */
export const cohere: UsageShape = {
  input: "tokens.inputTokens",
  output: "tokens.outputTokens",
  cacheRead: ["cachedTokens"],
};

/** Cohere's REST API, version 2. */
export const cohereRest: UsageShape = {
  input: "tokens.input_tokens",
  output: "tokens.output_tokens",
  cacheRead: ["cached_tokens"],
};
