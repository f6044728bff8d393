import type { UsageShape } from "./usage_shape.ts";

/** Ollama, whose counts stand beside the answer itself. */
export const ollama: UsageShape = {
  input: "prompt_eval_count",
  output: "eval_count",
};
