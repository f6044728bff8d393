/**
 * The wire format of chat completions, as OpenAI and those who are compatible
 * with it speak it.
 *
 * Source: https://platform.openai.com/docs/api-reference/chat
 *
 * @module
 */

/** The body of `POST /v1/chat/completions`, as far as the demo uses it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly {
    readonly role: "system" | "user";
    readonly content: string;
  }[];
  /** For answers that can be repeated. */
  readonly seed: number;
}

/** The tokens that a call took. */
export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: {
    readonly cached_tokens: number;
    readonly audio_tokens: number;
  };
  readonly completion_tokens_details: {
    readonly reasoning_tokens: number;
    readonly audio_tokens: number;
    readonly accepted_prediction_tokens: number;
    readonly rejected_prediction_tokens: number;
  };
}

/** The answer to a request that went well. */
export interface ChatCompletion {
  readonly id: string;
  readonly object: "chat.completion";
  /** Epoch seconds. */
  readonly created: number;
  readonly model: string;
  readonly choices: readonly {
    readonly index: number;
    readonly message: {
      readonly role: "assistant";
      readonly content: string;
      readonly refusal: null;
      readonly annotations: readonly unknown[];
    };
    readonly logprobs: null;
    readonly finish_reason: "stop";
  }[];
  readonly usage: ChatUsage;
  readonly service_tier: "default";
  readonly system_fingerprint: string;
}

/** The answer to a request that did not. */
export interface ChatError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

/** The time that the provider took, in milliseconds. */
export const PROCESSING_HEADER = "openai-processing-ms";
