import { assign } from "@modelab/sdk";
import { emptyCount } from "./app_count.ts";
import type { AppCount } from "./app_count.ts";
import { callCost } from "./call_cost.ts";
import { askModel } from "./chat_client.ts";
import type { Customer } from "./customer.ts";
import { MODELS } from "./models.ts";
import { REPLY_FLAG, SOLVED_RATE } from "./reply_flag.ts";
import type { ReplyConfig } from "./reply_flag.ts";

/** An app that answers customers, and tells modelab how that went. */
export class SupportApp {
  /** By variant: what the app saw, to be held against what the server says. */
  readonly counts: Map<string, AppCount> = new Map();
  readonly #provider: string;

  /** @param provider The address of the LLM's provider. */
  constructor(provider: string) {
    this.#provider = provider;
  }

  /** Answers all questions of a customer, and hears what they say. */
  async serve(customer: Customer): Promise<void> {
    const assignment = assign<ReplyConfig>(REPLY_FLAG.name, {
      userId: customer.id,
      sessionId: customer.sessionId,
    });
    if (assignment === null) return;
    const count = this.#count(assignment.variantName);
    count.users++;
    const { model, prompt } = assignment.config;

    for (const seed of customer.questions) {
      const { completion, latencyMs, error } = await askModel(this.#provider, {
        model,
        seed,
        messages: [
          { role: "system", content: prompt },
          { role: "user", content: "My router is offline. What can I do?" },
        ],
      });
      assignment.record(completion, {
        latencyMs,
        model,
        error,
        cost: completion === null
          ? null
          : callCost(completion.usage, MODELS[model].price),
      });
      count.executions++;
      if (error !== null) count.errors++;
    }

    const solved = customer.solved(SOLVED_RATE[assignment.variantName] ?? 0);
    if (solved === true) {
      assignment.markSuccess();
      count.successes++;
    }
    if (solved === false) {
      assignment.markFailure();
      count.failures++;
    }
    if (customer.rating !== null) {
      assignment.markCustomEvent("rating", null, customer.rating);
      count.ratings++;
    }
  }

  #count(variant: string): AppCount {
    const count = this.counts.get(variant) ?? emptyCount();
    this.counts.set(variant, count);
    return count;
  }
}
