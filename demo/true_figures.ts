import { callCost } from "./call_cost.ts";
import { ANSWER_RATE, QUESTIONS } from "./customer.ts";
import { MODELS } from "./models.ts";
import type { ModelName, Range } from "./models.ts";

/** What a variant's figures would be over endlessly many users. */
export interface TrueFigures {
  readonly success_rate: number;
  readonly error_rate: number;
  readonly p50_latency_ms: number;
  readonly p95_latency_ms: number;
  readonly avg_cost: number;
  readonly cost_per_success: number;
}

/** The 95% quantile of the normal distribution. */
const NORMAL_P95 = 1.6448536269514722;

/**
 * Computes a variant's true figures from how its model and its customers
 * behave.
 *
 * @param solvedRate The part of those who say so whose problem was solved.
 */
export function trueFigures(
  name: ModelName,
  solvedRate: number,
): TrueFigures {
  const model = MODELS[name];
  const { errorRate, medianLatencyMs, latencySigma } = model;
  const avgCost = callCost({
    prompt_tokens: mean(model.promptTokens),
    completion_tokens: mean(model.completionTokens),
    prompt_tokens_details: { cached_tokens: model.cachedTokens },
  }, model.price);
  return {
    success_rate: solvedRate,
    error_rate: errorRate,
    p50_latency_ms: medianLatencyMs,
    p95_latency_ms: medianLatencyMs * Math.exp(latencySigma * NORMAL_P95),
    avg_cost: avgCost,
    // Calls that fail cost nothing, and customers who say nothing do cost.
    cost_per_success: avgCost * mean(QUESTIONS) * (1 - errorRate) /
      (ANSWER_RATE * solvedRate),
  };
}

function mean({ least, most }: Range): number {
  return (least + most) / 2;
}
