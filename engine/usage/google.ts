import type { UsageShape } from "./usage_shape.ts";

/** Google's Gemini: thoughts are outside the candidates, tools outside the prompt. */
export const gemini: UsageShape = {
  input: "promptTokenCount",
  inputPlus: ["toolUsePromptTokenCount"],
  output: "candidatesTokenCount",
  outputPlus: ["thoughtsTokenCount"],
  cacheRead: ["cachedContentTokenCount"],
  reasoning: ["thoughtsTokenCount"],
};
