/**
 * Under which names responses hold their token counts, for each count: the
 * first that leads to a number is taken. `a.b` is a field of a field; what
 * follows a `+` is left out of the count before it, and added where it is
 * there. As in the Python package, `prompt_tokens` come before `input_tokens`.
 * The totals stand in families: input and output of one place belong together.
 *
 * - OpenAI's chat completions and what speaks like them (Azure, OpenRouter,
 *   DeepSeek with `prompt_cache_hit_tokens`, Mistral's REST API with
 *   `num_cached_tokens`): `prompt_tokens`, with what was cached in it.
 * - OpenAI's responses and Anthropic's messages: `input_tokens`, with what was
 *   cached in it for the one, and without it for the other.
 * - The AI SDK from version 5 on and Bedrock's Converse: `inputTokens`,
 *   likewise; the AI SDK's providers: `inputTokens.total`.
 * - Mistral's client, which leaves fields that it does not know as the REST
 *   API names them, and version 4 of the AI SDK: `promptTokens`.
 * - Cohere, what was counted and not what is billed: `tokens`.
 * - Gemini: `promptTokenCount`; thoughts are outside the candidates, tools
 *   outside the prompt.
 * - LangChain: `input_tokens`, with names of its own for the details.
 * - Ollama: `prompt_eval_count`, beside the answer itself.
 */
export const TOKEN_PATHS = {
  inputTokens: paths(
    "prompt_tokens input_tokens+cache_read_input_tokens+cache_creation_input_tokens inputTokens+cacheReadInputTokens+cacheWriteInputTokens inputTokens.total promptTokens tokens.inputTokens tokens.input_tokens promptTokenCount+toolUsePromptTokenCount prompt_eval_count",
  ),
  outputTokens: paths(
    "completion_tokens output_tokens outputTokens outputTokens.total completionTokens tokens.outputTokens tokens.output_tokens candidatesTokenCount+thoughtsTokenCount eval_count",
  ),
  cacheReadTokens: paths(
    "prompt_tokens_details.cached_tokens prompt_cache_hit_tokens num_cached_tokens cache_read_input_tokens input_tokens_details.cached_tokens cacheReadInputTokens inputTokenDetails.cacheReadTokens cachedInputTokens inputTokens.cacheRead promptTokensDetails.cachedTokens numCachedTokens cachedTokens cached_tokens cachedContentTokenCount input_token_details.cache_read",
  ),
  cacheWriteTokens: paths(
    "prompt_tokens_details.cache_write_tokens cache_creation_input_tokens input_tokens_details.cache_write_tokens cacheWriteInputTokens inputTokenDetails.cacheWriteTokens inputTokens.cacheWrite input_token_details.cache_creation",
  ),
  cacheWrite1hTokens: paths("cache_creation.ephemeral_1h_input_tokens"),
  reasoningTokens: paths(
    "completion_tokens_details.reasoning_tokens output_tokens_details.reasoning_tokens outputTokenDetails.reasoningTokens reasoningTokens outputTokens.reasoning thoughtsTokenCount output_token_details.reasoning",
  ),
};

/** A name, and the names of fields in it. */
export type Path = readonly string[];

/** Alternatives, each a count and what is to be added to it. */
export type Paths = readonly (readonly Path[])[];

function paths(text: string): Paths {
  return text.split(" ").map((sum) =>
    sum.split("+").map((path) => path.split("."))
  );
}
