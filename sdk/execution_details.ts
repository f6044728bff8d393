import type { JsonObject } from "../engine/records.ts";

/** What there is to say about one LLM call; all of it is optional. */
export interface ExecutionDetails {
  /** Wall time of the call in milliseconds. */
  readonly latencyMs?: number | null | undefined;
  /** Tokens read by the model, cached ones included. */
  readonly inputTokens?: number | null | undefined;
  /** Tokens written by the model, reasoning included. */
  readonly outputTokens?: number | null | undefined;
  /** US dollars. */
  readonly cost?: number | null | undefined;
  /** What went wrong: a text, or what was caught. At most 4,096 characters. */
  readonly error?: unknown;
  /** Whatever else to keep: at most 32 KiB as JSON. */
  readonly metadata?: JsonObject | null | undefined;
  /** Milliseconds to the first token of a stream. */
  readonly ttftMs?: number | null | undefined;
  /** Of the input tokens, those read from the provider's cache. */
  readonly cacheReadTokens?: number | null | undefined;
  /** Of the input tokens, those written to the provider's cache. */
  readonly cacheWriteTokens?: number | null | undefined;
  /** Of the tokens written to the cache, those to be kept for an hour. */
  readonly cacheWrite1hTokens?: number | null | undefined;
  /** Of the output tokens, those spent on reasoning. */
  readonly reasoningTokens?: number | null | undefined;
  /**
   * The model asked for.
   *
   * @default the assignment's `config.model`, when that is text
   */
  readonly model?: string | null | undefined;
  /** The model that answered. */
  readonly responseModel?: string | null | undefined;
  /** Which of several calls under one assignment this is, say "plan". */
  readonly step?: string | null | undefined;
  /** True when the stream of the answer was not read to its end. */
  readonly aborted?: boolean | undefined;
}
