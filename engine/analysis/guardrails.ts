import { guardrail as judge } from "../statistics/guardrail.ts";
import type { GuardrailVerdict } from "./analysis.ts";
import type { AnalysisOptions, Guardrail } from "./analysis_options.ts";
import { directionOf } from "./compare.ts";
import type { MetricResult } from "./metric_result.ts";

/**
 * Holds every variant against every guardrail: it fails where it is surely
 * worse than the margin allows, and passes where it surely is not.
 */
export function guardrailVerdicts(
  results: readonly MetricResult[],
  options: AnalysisOptions,
): GuardrailVerdict[] {
  return options.guardrails.flatMap((guardrail) => {
    const result = results.find(({ metric }) =>
      metric.metric === guardrail.metric
    );
    return result === undefined ? [] : verdictsOf(result, guardrail, options);
  });
}

function verdictsOf(
  { metric, treatments }: MetricResult,
  { margin }: Guardrail,
  { alpha, interval }: AnalysisOptions,
): GuardrailVerdict[] {
  return treatments.map(({ sample, comparison, missing }) => {
    const named = {
      metric: metric.metric,
      label: metric.label,
      variant_name: sample.variant,
      margin,
    };
    // Rare things have a wider variance instead of a gate: a guardrail that
    // waits for ten errors would let the first nine pass unseen.
    if (comparison === null || missing.some(({ what }) => what === "users")) {
      return {
        ...named,
        verdict: "not_enough_data",
        harm: null,
        harm_interval: null,
      };
    }
    const { verdict, harm, interval: bounds } = judge({
      control: comparison.control,
      treatment: comparison.treatment,
      direction: directionOf(metric),
      margin,
      alpha,
      sequential: interval === "always_valid",
    });
    return { ...named, verdict, harm, harm_interval: bounds };
  });
}
