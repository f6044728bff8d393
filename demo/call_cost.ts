import type { ChatUsage } from "./chat_wire.ts";
import type { Model } from "./models.ts";

/** The tokens that a call is charged for. */
export type ChargedTokens =
  & Pick<
    ChatUsage,
    "prompt_tokens" | "completion_tokens"
  >
  & { readonly prompt_tokens_details: { readonly cached_tokens: number } };

/** What a call costs, in US dollars. */
export function callCost(usage: ChargedTokens, price: Model["price"]): number {
  const cached = usage.prompt_tokens_details.cached_tokens;
  return ((usage.prompt_tokens - cached) * price.input +
    cached * price.cachedInput +
    usage.completion_tokens * price.output) / 1e6;
}
