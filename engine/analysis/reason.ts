import { daysText } from "../days_text.ts";
import type { GuardrailVerdict, TradeOff } from "./analysis.ts";
import type { AnalysisOptions, Margin } from "./analysis_options.ts";
import type { Choice, DecisionInput } from "./decide.ts";
import type { CheckName } from "./health_report.ts";
import { marginText } from "./margin.ts";
import type { Interval } from "./metric_analysis.ts";
import type { ComparedVariant, MetricResult } from "./metric_result.ts";
import { nameText, quotedName } from "./name_text.ts";
import type { Standing } from "./standing.ts";
import {
  countText,
  figureText,
  inSentence,
  labelText,
  signedPercent,
  signedText,
  withArticle,
} from "./text.ts";

const CHECKS: { readonly [rule: string]: CheckName } = {
  sample_ratio_mismatch: "sample_ratio",
  users_in_several_variants: "users_in_several_variants",
  config_changed: "config_changed",
  setup_changed: "setup_changed",
};

/** Puts a decision into one plain sentence. */
export function reasonOf(
  { rule, standing }: Choice,
  input: DecisionInput,
  tradeOffs: readonly TradeOff[],
): string {
  const { options, health } = input;
  const control = nameText(options.control);
  const check = health.checks.find((one) => one.check === CHECKS[rule]);
  if (check !== undefined) {
    return `Fix the experiment first: ${
      check.message.replace(/^The /, "the ")
    }`;
  }
  const primary = resultOf(input, options.metric);
  if (standing === null || primary === undefined) {
    return `Keep running: only one variant has users, so there is nothing to compare.`;
  }
  const name = nameText(standing.variant);
  const quoted = quotedName(standing.variant);
  const figures = figuresText(primary, standing.primary, options);
  const margin = marginOf(options.margin, primary);
  switch (rule) {
    case "better":
      return `Ship ${name}: it has ${figures}${tradeOffsText(tradeOffs)}.`;
    case "not_worse_and_cheaper":
      return `Ship ${name}: it has ${
        costText(input, standing)
      }, and ${figures}, which is not worse by more than the margin of ${margin}${
        tradeOffsText(tradeOffs)
      }.`;
    case "guardrail_failed":
      return `Keep ${control}: ${quoted} has ${
        guardrailText(input, standing, standing.failed)
      }${standing.primary.status === "better" ? `, though ${figures}` : ""}.`;
    case "guardrail_pending":
      return `Keep running: ${quoted} has ${figures}, but also ${
        guardrailText(input, standing, standing.threatened)
      }, which is not certain yet.`;
    case "worse":
      return `Keep ${control}: ${quoted} has ${figures}.`;
    case "equivalent":
      return `Keep ${control}: ${quoted} has ${figures}, which is as good within the margin of ${margin}, and nothing shows it to be cheaper.`;
    case "not_enough_data":
      return `Keep running: ${
        labelText(primary.metric)
      } cannot be compared yet, since ${
        isEmpty(primary)
          ? `no variant has any ${primary.metric.over}`
          : missingText(standing.primary)
      }.`;
    case "outcomes_missing":
      return `Fix the experiment first: ${quoted} looks good by the assignments that have an outcome, and worse by all of them; ${
        health.checks.find(({ check }) => check === "unmarked")?.message ?? ""
      }`;
    default:
      return `Keep running: ${quoted} has ${figures}, ${
        standing.primary.notWorse <= options.alpha
          ? `which is not worse by more than the margin of ${margin}, but whether it is cheaper is not certain yet`
          : `but the difference is not certain yet${progressText(input)}`
      }.`;
  }
}

function resultOf(
  { results }: DecisionInput,
  id: string,
): MetricResult | undefined {
  return results.find(({ metric }) => metric.metric === id);
}

/** "a success rate of 71.2% against 58.1% (+13.1 points, 95% interval …)". */
function figuresText(
  { metric, control }: MetricResult,
  { sample, comparison }: ComparedVariant,
  { alpha, interval }: AnalysisOptions,
): string {
  const display = inSentence(metric);
  const shown = (figure: number | null): string =>
    figure === null ? "unknown" : figureText(figure, display);
  const base = `${withArticle(labelText(metric))} of ${
    shown(sample.value)
  } against ${shown(control.value)}`;
  if (comparison === null) return base;
  const { absolute, relative } = comparison;
  const plain = { ...display, suffix: "" };
  const inUnit = (figure: number): string => signedText(figure, plain);
  const [effect, text, unit] = metric.unit === "share"
    ? [absolute, inUnit, " points"]
    : relative === null
    ? [absolute, inUnit, display.suffix]
    : [relative, signedPercent, ""];
  return `${base} (${text(effect.estimate)}${unit}, ${
    Number(((1 - alpha) * 100).toPrecision(4))
  }% interval ${boundsText(effect[interval], text)})`;
}

function boundsText(
  { lower, upper }: Interval,
  text: (figure: number) => string,
): string {
  return lower === null || upper === null
    ? "without bounds"
    : `${text(lower)} to ${text(upper)}`;
}

function marginOf(margin: Margin, { metric }: MetricResult): string {
  const display = metric.unit === "share"
    ? { ...metric.display, suffix: " points" }
    : inSentence(metric);
  return marginText(margin, (value) => figureText(value, display));
}

function tradeOffsText(tradeOffs: readonly TradeOff[]): string {
  return tradeOffs.length === 0
    ? ""
    : `, but ${tradeOffs.map(({ message }) => message).join(" and ")}`;
}

function costText(input: DecisionInput, { cost }: Standing): string {
  const result = resultOf(input, input.options.cost_metric);
  return result === undefined || cost === null
    ? "a lower cost"
    : figuresText(result, cost, input.options);
}

function guardrailText(
  input: DecisionInput,
  { variant }: Standing,
  [failure]: readonly GuardrailVerdict[],
): string {
  const result = failure === undefined
    ? undefined
    : resultOf(input, failure.metric);
  const treatment = result?.treatments.find(({ sample }) =>
    sample.variant === variant
  );
  return failure === undefined || result === undefined ||
      treatment === undefined
    ? "a figure beyond its guardrail"
    : `${figuresText(result, treatment, input.options)}, beyond the ${
      marginOf(failure.margin, result)
    } that its guardrail allows`;
}

function isEmpty({ control, treatments }: MetricResult): boolean {
  return control.denominator === 0 &&
    treatments.every(({ sample }) => sample.denominator === 0);
}

function missingText({ missing }: ComparedVariant): string {
  const names = new Set(missing.map(({ variant_name }) => variant_name));
  return [...names].map((name) => {
    const parts = missing.filter(({ variant_name }) => variant_name === name)
      .map(({ what, found, required }) =>
        `${countText(found)} of the ${countText(Math.ceil(required))} ${what}`
      );
    return `${quotedName(name)} has ${listText(parts)} it takes`;
  }).join("; ");
}

/** "a", "a and b", "a, b and c". */
function listText(parts: readonly string[]): string {
  const [last = "", ...before] = parts.toReversed();
  return before.length === 0
    ? last
    : `${before.toReversed().join(", ")} and ${last}`;
}

function progressText({ pace, options }: DecisionInput): string {
  const effect = `a relative difference of ${
    Number((options.min_effect * 100).toPrecision(4))
  }%`;
  if (pace.days_left === null) return "";
  return pace.days_left === 0
    ? `; ${effect} would most likely have shown by now`
    : `; at the present pace ${effect} takes ${
      daysText(pace.days_left)
    } to show`;
}
