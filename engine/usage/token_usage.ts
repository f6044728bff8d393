/** The tokens of a call; null is unknown, never zero. */
export interface TokenCounts {
  /** Tokens read by the model, cached ones included. */
  readonly inputTokens: number | null;
  /** Tokens written by the model, reasoning included. */
  readonly outputTokens: number | null;
  /** Of the input tokens, those read from the provider's cache. */
  readonly cacheReadTokens: number | null;
  /** Of the input tokens, those written to the provider's cache. */
  readonly cacheWriteTokens: number | null;
  /** Of the tokens written to the cache, those to be kept for an hour. */
  readonly cacheWrite1hTokens: number | null;
  /** Of the output tokens, those spent on reasoning. */
  readonly reasoningTokens: number | null;
}

/** What a response says about its tokens; null is unknown, never zero. */
export interface TokenUsage extends TokenCounts {
  /** The model that answered. */
  readonly responseModel: string | null;
  /** US dollars, where the response itself says its cost. */
  readonly cost: number | null;
}
