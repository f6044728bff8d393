import type { UsageShape } from "./usage_shape.ts";

/**
 * The AI SDK from version 5 on, which counts caches inside the input, and
 * Bedrock's Converse, which counts them outside and has names of its own for
 * them.
 */
export const inputOutputTokensCamel: UsageShape = {
  input: "inputTokens",
  inputPlus: ["cacheReadInputTokens", "cacheWriteInputTokens"],
  output: "outputTokens",
  cacheRead: [
    "cacheReadInputTokens",
    "inputTokenDetails.cacheReadTokens",
    "cachedInputTokens",
  ],
  cacheWrite: ["cacheWriteInputTokens", "inputTokenDetails.cacheWriteTokens"],
  reasoning: ["outputTokenDetails.reasoningTokens", "reasoningTokens"],
};

/** The AI SDK's providers from specification V3 on. */
export const aiSdkProvider: UsageShape = {
  input: "inputTokens.total",
  output: "outputTokens.total",
  cacheRead: ["inputTokens.cacheRead"],
  cacheWrite: ["inputTokens.cacheWrite"],
  reasoning: ["outputTokens.reasoning"],
};
