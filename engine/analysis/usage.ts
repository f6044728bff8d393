import type { VariantStatistics } from "../statistics/flag_statistics.ts";
import type { HealthCheck, UsageVariant } from "./health_report.ts";
import { quotedName } from "./name_text.ts";
import { percentText } from "./text.ts";

/** Below this the mean of the known may not be the mean of all. */
const LEAST_KNOWN = 0.95;

/** For how many calls of a variant each figure is known. */
export function usageOf(
  variants: readonly VariantStatistics[],
): UsageVariant[] {
  return variants.map(({ name, sums }) => ({
    variant_name: name,
    executions: Number(sums.executions),
    known: {
      latency: Number(sums.latency_known),
      ttft: Number(sums.ttft_known),
      cost: Number(sums.cost_known),
      input_tokens: Number(sums.input_known),
      output_tokens: Number(sums.output_known),
    },
  }));
}

/**
 * Whether the costs of all variants are known for nearly all calls: else
 * nothing can be called cheaper. Time to first token exists for streams only,
 * and is not checked.
 */
export function costIsKnown(usage: readonly UsageVariant[]): boolean {
  return usage.every(({ executions, known }) =>
    executions > 0 && known.cost >= LEAST_KNOWN * executions
  );
}

/** Warns of figures that are known for some calls, and not for the rest. */
export function usageCheck(usage: readonly UsageVariant[]): HealthCheck {
  const answer = (
    status: HealthCheck["status"],
    message: string,
  ): HealthCheck => ({ check: "unknown_usage", status, message });
  if (usage.every(({ executions }) => executions === 0)) {
    return answer("unknown", "No call has been recorded.");
  }
  for (const [figure, field] of FIGURES) {
    // What nobody sends is not missed.
    if (usage.every(({ known }) => known[field] === 0)) continue;
    const worst = usage.filter(({ executions }) => executions > 0)
      .map((one) => ({ ...one, share: one.known[field] / one.executions }))
      .sort((a, b) => a.share - b.share)[0];
    if (worst !== undefined && worst.share < LEAST_KNOWN) {
      return answer(
        "warning",
        `The ${figure} is known for only ${
          percentText(worst.share)
        } of the calls of ${
          quotedName(worst.variant_name)
        }: its mean is over those alone.`,
      );
    }
  }
  return answer("ok", "What is measured is known for nearly every call.");
}

const FIGURES = [
  ["cost", "cost"],
  ["latency", "latency"],
  ["number of input tokens", "input_tokens"],
  ["number of output tokens", "output_tokens"],
] as const;
