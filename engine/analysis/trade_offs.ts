import type { TradeOff } from "./analysis.ts";
import type { ComparedVariant, MetricResult } from "./metric_result.ts";
import {
  figureText,
  inSentence,
  labelText,
  signedPercent,
  withArticle,
} from "./text.ts";

/** What one would want to know of beside the metrics that decide. */
const WATCHED = ["success_rate", "error_rate", "latency_mean"];

/**
 * On what a variant is surely worse than the control: a price that shipping
 * it has, though it breaks no guardrail.
 */
export function tradeOffsOf(
  results: readonly MetricResult[],
  variant: string,
): TradeOff[] {
  return results.flatMap((result) => {
    const { metric, role } = result;
    if (role === "information" && !WATCHED.includes(metric.metric)) return [];
    const treatment = result.treatments.find(({ sample }) =>
      sample.variant === variant
    );
    if (treatment?.status !== "worse") return [];
    const lift = treatment.comparison?.relative?.estimate ?? null;
    return [{
      metric: metric.metric,
      message: messageOf(result, treatment, lift),
      relative_difference: lift,
    }];
  });
}

function messageOf(
  { metric, control }: MetricResult,
  { sample }: ComparedVariant,
  lift: number | null,
): string {
  const [mine, theirs] = [sample.value ?? 0, control.value ?? 0].map((figure) =>
    figureText(figure, inSentence(metric))
  );
  const change = lift === null ? "" : ` (${signedPercent(lift)})`;
  return `${
    withArticle(labelText(metric))
  } of ${mine} against ${theirs}${change}`;
}
