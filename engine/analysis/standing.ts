import type { DecisionRule, GuardrailVerdict } from "./analysis.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import type { HealthReport } from "./health_report.ts";
import type { ComparedVariant, MetricResult } from "./metric_result.ts";
import { costIsKnown } from "./usage.ts";

/** How a variant stands against the control: a row of the decision table. */
export type StandingRule = Extract<
  DecisionRule,
  | "outcomes_missing"
  | "not_enough_data"
  | "better"
  | "not_worse_and_cheaper"
  | "guardrail_pending"
  | "guardrail_failed"
  | "worse"
  | "equivalent"
  | "unclear"
>;

/** A variant, with all that the decision needs to know of it. */
export interface Standing {
  readonly variant: string;
  readonly rule: StandingRule;
  readonly primary: ComparedVariant;
  /** Null where no variant has a known cost. */
  readonly cost: ComparedVariant | null;
  /** All assignments say worse, and those without outcome are unequally many. */
  readonly contradicted: boolean;
  readonly failed: readonly GuardrailVerdict[];
  /** Guardrails that are not told yet, and look broken by their figures. */
  readonly threatened: readonly GuardrailVerdict[];
  readonly pending: readonly string[];
}

/** Where every variant but the control stands, in their order. */
export function standingsOf(
  results: readonly MetricResult[],
  verdicts: readonly GuardrailVerdict[],
  { usage, unmarked }: Pick<HealthReport, "usage" | "unmarked">,
  { metric, cost_metric, alpha, control }: AnalysisOptions,
): Standing[] {
  const primary = results.find((one) => one.metric.metric === metric);
  const cost = results.find((one) => one.metric.metric === cost_metric);
  // Where outcomes are missing unequally, all assignments have to agree.
  const byAll = metric === "success_rate" && unmarked.status === "warning"
    ? results.find((one) => one.metric.metric === "success_per_assignment")
    : undefined;
  return (primary?.treatments ?? []).map((treatment, place) => {
    const variant = treatment.sample.variant;
    const mine = verdicts.filter(({ variant_name }) =>
      variant_name === variant
    );
    const known = costIsKnown(
      usage.filter(({ variant_name }) =>
        variant_name === variant || variant_name === control
      ),
    );
    const parts = {
      variant,
      primary: treatment,
      cost: cost?.treatments[place] ?? null,
      contradicted: byAll?.treatments[place]?.status === "worse",
      failed: mine.filter(({ verdict }) => verdict === "fail"),
      threatened: mine.filter(({ verdict, harm, margin }) =>
        verdict === "pending" && harm !== null && harm > margin.value
      ),
      pending: mine.filter(({ verdict }) =>
        verdict === "pending" || verdict === "not_enough_data"
      ).map(({ metric }) => metric),
    };
    return { ...parts, rule: ruleOf(parts, known, alpha) };
  });
}

type Evidence = Omit<Standing, "rule" | "variant" | "pending">;

function ruleOf(
  evidence: Evidence,
  costKnown: boolean,
  alpha: number,
): StandingRule {
  if (evidence.failed.length > 0) return "guardrail_failed";
  const rule = ruleByFigures(evidence, costKnown, alpha);
  const ships = rule === "better" || rule === "not_worse_and_cheaper";
  if (ships && evidence.contradicted) return "outcomes_missing";
  return ships && evidence.threatened.length > 0 ? "guardrail_pending" : rule;
}

function ruleByFigures(
  { primary, cost }: Evidence,
  costKnown: boolean,
  alpha: number,
): StandingRule {
  if (primary.status === "not_enough_data") return "not_enough_data";
  if (primary.status === "better") return "better";
  const notWorse = primary.notWorse <= alpha;
  // A mean over a part of the calls says nothing of what the rest cost.
  const price = costKnown ? cost?.status ?? "none" : "none";
  if (notWorse && price === "better") return "not_worse_and_cheaper";
  const mayBeCheaper = price === "unclear" || price === "not_enough_data";
  if (notWorse && mayBeCheaper) return "unclear";
  return primary.status;
}
