import type { ChatCompletion, ChatError, ChatRequest } from "./chat_wire.ts";
import { MODELS } from "./models.ts";
import type { ModelName } from "./models.ts";
import { integerFrom, logNormal, seededRandom } from "./random.ts";

/** What the stand-in answers. */
export interface ChatAnswer {
  readonly status: 200 | 429 | 500;
  readonly processingMs: number;
  readonly body: ChatCompletion | ChatError;
}

const RATE_LIMITED: ChatError = {
  error: {
    message: "Rate limit reached for requests",
    type: "requests",
    param: null,
    code: "rate_limit_exceeded",
  },
};
const BROKEN: ChatError = {
  error: {
    message: "The server had an error while processing your request",
    type: "server_error",
    param: null,
    code: null,
  },
};

/**
 * The answer to a request: decided by its model and its seed alone.
 *
 * @param now Epoch milliseconds.
 */
export function chatAnswer(
  name: ModelName,
  { seed }: Pick<ChatRequest, "seed">,
  now: number,
): ChatAnswer {
  const model = MODELS[name];
  const random = seededRandom(seed);
  const luck = random();
  const processingMs = Math.max(
    1,
    Math.round(logNormal(random, model.medianLatencyMs, model.latencySigma)),
  );
  if (luck < model.errorRate / 2) {
    return { status: 429, processingMs, body: RATE_LIMITED };
  }
  if (luck < model.errorRate) {
    return { status: 500, processingMs, body: BROKEN };
  }
  const prompt = integerFrom(random, model.promptTokens);
  const completion = integerFrom(random, model.completionTokens);
  return {
    status: 200,
    processingMs,
    body: {
      id: `chatcmpl-${name}-${seed}`,
      object: "chat.completion",
      created: Math.floor(now / 1000),
      model: name,
      choices: [{
        index: 0,
        message: {
          role: "assistant",
          content: "Please restart the router, then sign in again.",
          refusal: null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: "stop",
      }],
      usage: {
        prompt_tokens: prompt,
        completion_tokens: completion,
        total_tokens: prompt + completion,
        prompt_tokens_details: {
          cached_tokens: model.cachedTokens,
          audio_tokens: 0,
        },
        completion_tokens_details: {
          reasoning_tokens: 0,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
      service_tier: "default",
      system_fingerprint: "fp_demo",
    },
  };
}
