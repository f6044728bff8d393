/**
 * Where a provider's family of responses holds its token counts. Each field is
 * a path inside the object that holds them, say
 * `prompt_tokens_details.cached_tokens`, or several: the first that leads to a
 * count is taken.
 */
export interface UsageShape {
  /** Tokens read. */
  readonly input: string;
  /** Counts that the provider leaves out of `input`; the sum is the total. */
  readonly inputPlus?: readonly string[];
  /** Tokens written. */
  readonly output: string;
  /** Counts that the provider leaves out of `output`. */
  readonly outputPlus?: readonly string[];
  /** Of the input, those read from a cache. */
  readonly cacheRead?: readonly string[];
  /** Of the input, those written to a cache. */
  readonly cacheWrite?: readonly string[];
  /** Of those written to a cache, those to be kept for an hour. */
  readonly cacheWrite1h?: readonly string[];
  /** Of the output, those spent on reasoning. */
  readonly reasoning?: readonly string[];
  /**
   * The sum that the provider gives. It tells whether reasoning is inside the
   * output or beside it, where providers of one shape differ.
   */
  readonly total?: string;
}
