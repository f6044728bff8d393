import type { TokenUsage } from "./usage/token_usage.ts";
import { UsageReader } from "./usage/usage_reader.ts";

/**
 * Reads token usage from a provider's response, by its shape, not by who sent
 * it: the families are listed in `usage/token_paths.ts`.
 *
 * Totals mean the same for all: input with what was cached, output with what
 * was spent on reasoning, whether a provider counts them inside or outside.
 *
 * Source: the `Usage` types of the providers' own TypeScript packages.
 *
 * @param response Anything; a response of unknown shape has unknown usage.
 * Never throws, even when a getter does.
 *
 * @example
 * ```ts
 * import { readUsage } from "./usage.ts";
 * import assert from "node:assert/strict";
 *
 * const usage = readUsage({
 *   usage: { input_tokens: 5, output_tokens: 9, cache_read_input_tokens: 90 },
 * });
 * assert.equal(usage.inputTokens, 95);
 * assert.equal(usage.reasoningTokens, null);
 * ```
 */
export function readUsage(response: unknown): TokenUsage {
  const reader = new UsageReader();
  reader.add(response);
  return reader.read();
}
