/** What a response says about its tokens; null is unknown, never zero. */
export interface TokenUsage {
  /** Tokens read by the model, cached ones included. */
  readonly inputTokens: number | null;
  /** Tokens written by the model, reasoning included. */
  readonly outputTokens: number | null;
  /** Of the input tokens, those read from the provider's cache. */
  readonly cacheReadTokens: number | null;
  /** Of the input tokens, those written to the provider's cache. */
  readonly cacheWriteTokens: number | null;
  /** Of the output tokens, those spent on reasoning. */
  readonly reasoningTokens: number | null;
  /** The model that answered. */
  readonly responseModel: string | null;
}

/**
 * Reads token usage from a provider's response, by its shape: OpenAI's chat
 * completions and responses, Anthropic's messages, and what speaks like them.
 *
 * As in the Python package, `prompt_tokens` and `completion_tokens` come
 * first, then `input_tokens` and `output_tokens`. Anthropic alone counts
 * cached tokens outside `input_tokens`; they are added here, so that the
 * total means the same for every provider.
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
  const usage = read(response, "usage");
  const model = read(response, "model");
  const responseModel = typeof model === "string" ? model : null;
  const prompt = read(usage, "prompt_tokens");
  const completion = read(usage, "completion_tokens");
  if (isPresent(prompt) || isPresent(completion)) {
    const details = read(usage, "prompt_tokens_details");
    return {
      inputTokens: tokens(prompt),
      outputTokens: tokens(completion),
      cacheReadTokens: tokens(read(details, "cached_tokens")),
      cacheWriteTokens: tokens(read(details, "cache_write_tokens")),
      reasoningTokens: tokens(
        read(read(usage, "completion_tokens_details"), "reasoning_tokens"),
      ),
      responseModel,
    };
  }
  const details = read(usage, "input_tokens_details");
  const outsideRead = tokens(read(usage, "cache_read_input_tokens"));
  const outsideWritten = tokens(read(usage, "cache_creation_input_tokens"));
  const input = tokens(read(usage, "input_tokens"));
  return {
    inputTokens: input === null
      ? null
      : input + (outsideRead ?? 0) + (outsideWritten ?? 0),
    outputTokens: tokens(read(usage, "output_tokens")),
    cacheReadTokens: outsideRead ?? tokens(read(details, "cached_tokens")),
    cacheWriteTokens: outsideWritten ??
      tokens(read(details, "cache_write_tokens")),
    reasoningTokens: tokens(
      read(read(usage, "output_tokens_details"), "reasoning_tokens"),
    ),
    responseModel,
  };
}

/** A property, or undefined when there is none or it cannot be read. */
function read(target: unknown, key: string): unknown {
  try {
    return typeof target === "object" && target !== null
      ? Reflect.get(target, key)
      : undefined;
  } catch {
    return undefined;
  }
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function tokens(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? value
    : null;
}
